import type { Cluster, ObjectKind } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { countAt, mapsAt, textAt } from './object-fields';

/** Kinds that an overlay holds. Secrets are left out: nothing is known of one but that it is there, and they are not read for that. */
const kinds: readonly ObjectKind[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
];
const sets: ObjectKind = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
const pods: ObjectKind = { apiVersion: 'v1', kind: 'Pod' };
const events: ObjectKind = { apiVersion: 'v1', kind: 'Event' };
const classes: ObjectKind = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
};

/** As our overlays label what they make, and as others do. */
const labels = ['app.kubernetes.io/part-of', 'app.kubernetes.io/name'];

/** A component as a cluster has it. */
export interface ReadComponent {
  /** Its objects, and the ReplicaSets and pods that they have now; none where it is not there. */
  readonly objects: readonly KubernetesObject[];
  /** What tells of them beside: events, and the storage classes of claims. */
  readonly beside: readonly KubernetesObject[];
  /** Kinds that may not be read, each as one sentence. */
  readonly warnings: readonly string[];
}

/**
 * Reads the objects of a component by their label, and what stands around them, for {@link assessObjects}.
 *
 * @param component a label's value. @throws what the cluster throws, but for kinds that may not be read.
 */
export async function readComponent(
  cluster: Cluster,
  {
    namespace,
    component,
  }: { readonly namespace: string; readonly component: string },
  signal: AbortSignal,
): Promise<ReadComponent> {
  const warnings: string[] = [];
  const list = async (kind: ObjectKind, query: { labels?: string } = {}) => {
    const isOfCluster = kind === classes;
    try {
      return await cluster.list(
        kind,
        { ...(!isOfCluster && { namespace }), ...query },
        signal,
      );
    } catch (error) {
      const isForbidden =
        error instanceof ClusterRefusal &&
        [403, 404].includes(error.refused.status);
      if (!isForbidden) throw error;
      // A claim's events tell of its class, too.
      if (!isOfCluster) {
        warnings.push(`${kind.kind} is not looked at: ${error.message}`);
      }
      return [];
    }
  };
  const own: KubernetesObject[] = [];
  for (const label of labels) {
    warnings.length = 0;
    const query = { labels: `${label}=${component}` };
    const found = await Promise.all(kinds.map(kind => list(kind, query)));
    own.push(...found.flat());
    if (own.length > 0) break;
  }
  if (own.length === 0) return { objects: [], beside: [], warnings };
  const hasClaims = own.some(({ kind }) => kind === 'PersistentVolumeClaim');
  const [allSets, allPods, allEvents, allClasses] = await Promise.all([
    list(sets),
    list(pods),
    list(events),
    hasClaims ? list(classes) : [],
  ]);
  const ownSets = ownedBy(own, allSets).filter(isInUse);
  const ownPods = ownedBy([...own, ...ownSets], allPods);
  const objects = [...own, ...ownSets, ...ownPods];
  const names = new Set(
    objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
  );
  return {
    objects,
    beside: [
      ...allEvents.filter(event =>
        names.has(
          `${textAt(event, 'involvedObject', 'kind')}/${textAt(
            event,
            'involvedObject',
            'name',
          )}`,
        ),
      ),
      ...allClasses,
    ],
    warnings,
  };
}

function ownedBy(
  owners: readonly KubernetesObject[],
  objects: readonly KubernetesObject[],
): readonly KubernetesObject[] {
  const uids = new Set(
    owners.flatMap(({ metadata }) => textAt(metadata, 'uid') ?? []),
  );
  return objects.filter(({ metadata }) =>
    mapsAt(metadata, 'ownerReferences').some(
      ({ uid, controller }) =>
        controller === true && typeof uid === 'string' && uids.has(uid),
    ),
  );
}

/** The history of a Deployment is ReplicaSets without pods. */
function isInUse(set: KubernetesObject): boolean {
  return (
    countAt(set, 'spec', 'replicas') !== 0 ||
    (countAt(set, 'status', 'replicas') ?? 0) > 0
  );
}
