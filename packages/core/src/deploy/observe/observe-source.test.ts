import type { DeploymentRequest } from 'backstage-plugin-dojo-common';
import type { Cluster } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { SourceCluster } from '../ports';
import { observeSource } from './observe-source';

const { signal } = new AbortController();
const request = {
  component: 'ledger',
  environment: 'staging',
  promoteFrom: 'dev',
} as DeploymentRequest;
const forbidden = new ClusterRefusal({
  status: 403,
  reason: 'Forbidden',
  message: 'User "dev" cannot get resource "configmaps"',
  causes: [],
  verb: 'get',
  resource: 'configmaps',
  group: '',
  object: { apiVersion: 'v1', kind: 'ConfigMap' },
  dryRun: false,
});

describe('observeSource', () => {
  let closed: number;
  const observe = (
    get: Cluster['get'],
    source: Omit<SourceCluster, 'cluster'> = {},
  ) => {
    closed = 0;
    const cluster = {
      name: 'kind',
      get,
      dispose: async () => {
        closed += 1;
      },
    } as unknown as Cluster;
    return observeSource(
      request,
      {
        clock: { now: () => new Date(0) },
        openSource: async () => ({ cluster, ...source }),
      },
      signal,
    );
  };
  const refuse = async () => {
    throw forbidden;
  };

  it('says which namespace of which cluster has nothing', async () => {
    await expect(observe(async () => undefined)).resolves.toEqual([
      'whether ledger is healthy in dev was not looked at: mode apply deployed nothing to the namespace ledger-dev of kind',
    ]);
    await expect(
      observe(async () => undefined, { namespace: 'team-{environment}' }),
    ).resolves.toEqual([expect.stringContaining('namespace team-dev of kind')]);
    expect(closed).toBe(1);
  });

  it('refuses where it may not look, unless it is only assumed to be there', async () => {
    await expect(observe(refuse)).rejects.toMatchObject({
      code: 'APPLY_FORBIDDEN',
    });
    expect(closed).toBe(1);
    await expect(observe(refuse, { isAssumed: true })).resolves.toEqual([
      expect.stringContaining(
        'was not looked at: User "dev" cannot get resource "configmaps"',
      ),
    ]);
    expect(closed).toBe(1);
  });

  it('asks nobody where no cluster of it is known, or nothing is promoted', async () => {
    const ports = { clock: { now: () => new Date(0) } };
    await expect(observeSource(request, ports, signal)).resolves.toEqual([
      expect.stringContaining('no cluster is configured for it'),
    ]);
    const { promoteFrom, ...version } = request;
    await expect(observeSource(version, ports, signal)).resolves.toEqual([]);
  });
});
