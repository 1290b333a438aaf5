import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedModules, startCluster } from 'dojo-testing';
import type { TestCluster } from 'dojo-testing';
import type { Cluster } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { openCluster } from '../../kubernetes/open-cluster';
import { systemTimer } from '../../local/system-timer';
import {
  application,
  commits,
  kustomization,
} from './__testUtils__/synced-objects';
import type { SyncSource } from './sync-source';
import { waitForSync } from './wait-for-sync';
import type { SyncEnd } from './wait-for-sync';

jest.setTimeout(120_000);

const { before, ours, later } = commits;
const folder = 'ledger/dev';
const trees = { [before]: 'a', [ours]: 'b', [later]: 'c' };
const line = [later, ours, before];
const { signal } = new AbortController();
/** Of our commit, and ended. */
const operation = { finished: 20, revision: ours };

/**
 * The objects as the controllers write them, through the API server and the real kinds, whose schemas drop what they do not
 * know.
 */
describe('waitForSync', () => {
  let testbed: TestCluster;
  let cluster: Cluster;
  let namespace: string;

  beforeAll(async () => {
    const { argo, flux } = await publishedModules();
    testbed = await startCluster({ node: false });
    for (const path of [
      join(argo, 'manifests/crds/application-crd.yaml'),
      join(
        flux,
        'config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml',
      ),
    ]) {
      await testbed.apply(readFileSync(path, 'utf8'));
    }
    const administrator = await openCluster(
      { kubeconfig: { path: testbed.kubeconfig } },
      signal,
    );
    for (const name of [
      'applications.argoproj.io',
      'kustomizations.kustomize.toolkit.fluxcd.io',
    ]) {
      await established(administrator, name);
    }
    await administrator.dispose();
    // One for all tests: watches that are aborted at once, and a session that ends after them, have ended a process.
    cluster = await openCluster(
      { kubeconfig: { path: testbed.kubeconfig } },
      signal,
    );
  });
  afterAll(async () => {
    await cluster?.dispose();
    await testbed?.stop();
  });
  beforeEach(async () => {
    namespace = await testbed.createNamespace();
  });

  /** @param isDue whether the deadline comes as soon as the object was read, not after a minute. */
  const watch = (kind: SyncSource['kind'], isDue = false) => {
    const told: string[] = [];
    const deadline = new Date(Date.now() + 60_000);
    const end: Promise<SyncEnd> = waitForSync(
      {
        cluster,
        source: { kind, name: 'ledger-dev', namespace },
        landing: { commit: ours, folder },
        infra: {
          readTree: async commit => trees[commit],
          readHistory: async head =>
            line.slice(line.indexOf(head)).map(commit => ({
              commit,
              message: '',
              date: new Date(0),
              author: '',
              isLanding: true,
            })),
        },
        deadline,
        clock: {
          now: () => (isDue && told.length > 0 ? deadline : new Date()),
        },
        timer: {
          wait: (milliseconds, of) =>
            systemTimer.wait(
              isDue ? Math.min(milliseconds, 200) : milliseconds,
              of,
            ),
        },
        log: said => told.push(said),
      },
      signal,
    );
    return { told, end };
  };

  /** Argo CD's kind has no subresource: its controller writes the object. */
  const writeArgo = (object: KubernetesObject) =>
    testbed.apply(inNamespace(object, namespace), {
      manager: 'argocd-application-controller',
    });
  /** The object is its author's, its status that of Flux's controller. */
  const writeFlux = async ({ status, ...object }: KubernetesObject) => {
    const { conditions, ...rest } = status as {
      readonly conditions: readonly object[];
    };
    await testbed.apply(
      inNamespace(
        {
          ...object,
          spec: {
            ...(object.spec as object),
            interval: '5m',
            sourceRef: { kind: 'GitRepository', name: 'infra' },
          },
        },
        namespace,
      ),
    );
    await testbed.request(
      'PATCH',
      `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${namespace}/kustomizations/ledger-dev/status`,
      {
        status: {
          ...rest,
          conditions: conditions.map(condition => ({
            reason: 'Progressing',
            message: '',
            lastTransitionTime: '2026-05-04T10:00:00Z',
            ...condition,
          })),
        },
      },
      'application/merge-patch+json',
    );
  };

  describe('for Argo CD', () => {
    it('ends once it is synced at our commit and healthy since', async () => {
      await writeArgo(application({ revision: before }));
      const { end, told } = watch('argo');
      await writeArgo(
        application({
          revision: ours,
          operation: { phase: 'Running', revision: ours },
        }),
      );
      await writeArgo(
        application({
          revision: ours,
          operation: { ...operation, phase: 'Succeeded' },
        }),
      );
      expect(await end).toEqual({
        kind: 'done',
        commit: ours,
        isHealthKnown: true,
        sentence: `Application ${namespace}/ledger-dev has synced aaaaaaa, and is Healthy`,
      });
      expect(told.length).toBeGreaterThan(0);
    });

    it('fails with what its operation says', async () => {
      const { end } = watch('argo');
      await writeArgo(
        application({
          revision: ours,
          sync: 'OutOfSync',
          operation: { ...operation, phase: 'Failed', message: 'no such kind' },
        }),
      );
      expect(await end).toMatchObject({
        kind: 'failed',
        sentence: `Application ${namespace}/ledger-dev could not sync aaaaaaa: no such kind`,
      });
    });

    it('is superseded by a later change of the overlay', async () => {
      const { end } = watch('argo');
      await writeArgo(application({ revision: later }));
      expect(await end).toMatchObject({ kind: 'superseded', commit: later });
    });

    it('says at the deadline what it waits for', async () => {
      await writeArgo(application({ revision: before }));
      expect(await watch('argo', true).end).toMatchObject({
        kind: 'waiting',
        sentence: `Application ${namespace}/ledger-dev is at bbbbbbb, which does not have it yet`,
      });
    });
  });

  describe('for Flux', () => {
    it('ends once it has applied our commit and is ready', async () => {
      await writeFlux(kustomization({ applied: before }));
      const { end } = watch('flux');
      await writeFlux(
        kustomization({ applied: before, attempted: ours, reconciling: true }),
      );
      await writeFlux(kustomization({ applied: ours }));
      expect(await end).toEqual({
        kind: 'done',
        commit: ours,
        isHealthKnown: true,
        sentence: `Kustomization ${namespace}/ledger-dev has applied aaaaaaa, which is healthy`,
      });
    });

    it('fails with what its health check says', async () => {
      const { end } = watch('flux');
      await writeFlux(
        kustomization({
          applied: before,
          attempted: ours,
          ready: {
            status: 'False',
            reason: 'HealthCheckFailed',
            message: 'timeout waiting for Deployment/ledger',
          },
        }),
      );
      expect(await end).toMatchObject({
        kind: 'failed',
        sentence: `Kustomization ${namespace}/ledger-dev could not bring aaaaaaa up: HealthCheckFailed: timeout waiting for Deployment/ledger`,
      });
    });

    it('is superseded by a later change of the overlay', async () => {
      const { end } = watch('flux');
      await writeFlux(kustomization({ applied: later }));
      expect(await end).toMatchObject({ kind: 'superseded', commit: later });
    });

    it('says at the deadline what it waits for', async () => {
      expect(await watch('flux', true).end).toMatchObject({
        kind: 'waiting',
        sentence: `Kustomization ${namespace}/ledger-dev is not there`,
      });
    });
  });
});

function inNamespace(object: KubernetesObject, namespace: string): string {
  const { name } = object.metadata;
  return JSON.stringify({ ...object, metadata: { name, namespace } });
}

/** Until the API server serves the kind, which it says by a change of the definition. */
async function established(cluster: Cluster, name: string): Promise<void> {
  const isServed = ({ status }: KubernetesObject) =>
    JSON.stringify(status ?? {}).includes('"type":"Established"');
  const left = new AbortController();
  const changes = cluster.follow(
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
    },
    { fields: `metadata.name=${name}` },
    left.signal,
  );
  for await (const change of changes) {
    if (change.kind === 'changed' && isServed(change.object)) break;
    if (change.kind === 'snapshot' && change.objects.some(isServed)) break;
  }
  left.abort();
}
