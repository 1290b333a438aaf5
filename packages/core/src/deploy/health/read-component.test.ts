import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { ObjectKind, ObjectQuery } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import {
  configMap,
  deployment,
  event,
  pod,
  replicaSet,
} from '../rollout/__testUtils__/ledger-objects';
import { ToldCluster } from '../rollout/__testUtils__/told-cluster';
import { readComponent } from './read-component';

const { signal } = new AbortController();
const labelled = (object: KubernetesObject, label: string) => ({
  ...object,
  metadata: { ...object.metadata, labels: { [label]: 'ledger' } },
});
const gone = replicaSet('v1', { replicas: 0 });

/** A cluster that has these objects, and refuses some kinds. */
class ListedCluster extends ToldCluster {
  readonly asked: string[] = [];

  constructor(
    readonly objects: readonly KubernetesObject[],
    readonly refused: readonly string[] = [],
  ) {
    super();
  }

  override list = async (
    { apiVersion, kind }: ObjectKind = { apiVersion: '', kind: '' },
    { labels, namespace }: ObjectQuery = {},
  ) => {
    this.asked.push(kind);
    if (this.refused.includes(kind)) {
      throw new ClusterRefusal({
        status: 403,
        reason: 'Forbidden',
        message: `${kind} is forbidden`,
        causes: [],
        verb: 'list',
        resource: kind,
        group: '',
        object: { apiVersion, kind, ...(namespace && { namespace }) },
        dryRun: false,
      });
    }
    const [label, value] = labels?.split('=') ?? [];
    return this.objects.filter(
      object =>
        object.kind === kind &&
        (label === undefined || object.metadata.labels?.[label] === value),
    );
  };
}

const read = (cluster: ToldCluster) =>
  readComponent(
    cluster,
    { namespace: 'ledger-dev', component: 'ledger' },
    signal,
  );
const names = (objects: readonly KubernetesObject[]) =>
  objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);

describe('readComponent', () => {
  const others = [
    configMap('of-another'),
    { ...gone, spec: { ...(gone.spec as object), replicas: 0 } },
    replicaSet('v2'),
    pod('v2', {}),
    pod('v9', {}),
    event(pod('v2', {}), 'Failed', 'x'),
    event(pod('v9', {}), 'Failed', 'x'),
  ];

  it.each(['app.kubernetes.io/part-of', 'app.kubernetes.io/name'])(
    'finds the objects by %s, and what they have now',
    async label => {
      const cluster = new ListedCluster([
        labelled(deployment('v2'), label),
        labelled(configMap('ledger-config'), label),
        ...others,
      ]);
      const { objects, beside, warnings } = await read(cluster);
      expect(names(objects)).toEqual([
        'Deployment/ledger',
        'ConfigMap/ledger-config',
        'ReplicaSet/ledger-v2',
        'Pod/ledger-v2-x',
      ]);
      expect(names(beside)).toEqual(['Event/ledger-v2-x.Failed.0']);
      expect(warnings).toEqual([]);
      expect(cluster.asked).not.toContain('Secret');
    },
  );

  it('goes on without what may not be read', async () => {
    const label = 'app.kubernetes.io/part-of';
    const { objects, warnings } = await read(
      new ListedCluster(
        [labelled(deployment('v2'), label), ...others],
        ['Event', 'Job'],
      ),
    );
    expect(names(objects)).toContain('Pod/ledger-v2-x');
    expect(warnings).toEqual([
      'Job is not looked at: Job is forbidden',
      'Event is not looked at: Event is forbidden',
    ]);
  });

  it('finds nothing where nothing is', async () => {
    const cluster = new ListedCluster(others);
    expect((await read(cluster)).objects).toEqual([]);
    expect(cluster.asked).not.toContain('Pod');
  });
});
