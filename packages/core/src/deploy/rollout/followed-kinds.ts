import { mapsAt, textAt } from '../health/object-fields';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { ObjectKind } from '../../cluster/cluster';

/** A kind of objects that a rollout follows. */
export interface FollowedKind extends ObjectKind {
  /** Whether the rollout can go on without it, telling less. */
  readonly isOptional: boolean;
  /** Whether it tells only why something does not come up: where all comes up at once nobody need ask for it. */
  readonly isLate: boolean;
}

/** What is as it should be once the API server has it, by `group/kind`: nobody works on it afterwards. */
const stored = new Set([
  '/ConfigMap',
  '/LimitRange',
  '/Namespace',
  '/ResourceQuota',
  '/Secret',
  '/Service',
  '/ServiceAccount',
  'autoscaling/HorizontalPodAutoscaler',
  'batch/CronJob',
  'networking.k8s.io/Ingress',
  'networking.k8s.io/NetworkPolicy',
  'policy/PodDisruptionBudget',
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/RoleBinding',
]);

const workloads = new Set([
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'batch/Job',
  '/Pod',
]);

/** Whether its end is waited for; what belongs to no namespace is not, nor a claim that has its volume already. */
export function isAwaited(object: KubernetesObject): boolean {
  return (
    object.metadata.namespace !== undefined &&
    !stored.has(group(object)) &&
    !isBoundClaim(object)
  );
}

/** It stays as it is; of a volume that is lost meanwhile the pods tell. */
function isBoundClaim(object: KubernetesObject): boolean {
  return (
    group(object) === '/PersistentVolumeClaim' &&
    textAt(object, 'status', 'phase') === 'Bound' &&
    object.metadata.deletionTimestamp === undefined
  );
}

/** Whether it is healthy is in the object itself: of a container without a readiness probe its pod has to tell. */
function tellsItself(object: KubernetesObject): boolean {
  return (
    group(object) === 'apps/Deployment' &&
    mapsAt(object, 'spec', 'template', 'spec', 'containers').every(
      ({ readinessProbe }) => readinessProbe !== undefined,
    )
  );
}

/** What is to be followed to see how these objects come up, and why not. */
export function followedKinds(
  objects: readonly KubernetesObject[],
): readonly FollowedKind[] {
  const awaited = objects.filter(isAwaited);
  const groups = new Set(awaited.map(group));
  const isLate = awaited.every(tellsItself);
  const beside = (apiVersion: string, kind: string, when: boolean) =>
    when ? [{ apiVersion, kind, isOptional: true, isLate }] : [];
  const hasPods = [...workloads].some(each => groups.has(each));
  const found: FollowedKind[] = [
    ...awaited.map(({ apiVersion, kind }) => ({
      apiVersion,
      kind,
      // Of a kind that we do not know nobody may have been allowed to read the changes.
      isOptional: !workloads.has(group({ apiVersion, kind })),
      isLate: false,
    })),
    ...beside('apps/v1', 'ReplicaSet', groups.has('apps/Deployment')),
    ...beside('v1', 'Pod', hasPods),
    ...beside('v1', 'Event', hasPods || groups.has('/PersistentVolumeClaim')),
  ];
  const kinds = new Set<string>();
  return found.filter(each => {
    const id = group(each);
    if (kinds.has(id)) return false;
    kinds.add(id);
    return true;
  });
}

function group({ apiVersion, kind }: ObjectKind): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}
