import type { KubernetesObject } from '../../cluster/kubernetes-object';

/**
 * What others need comes first: what pods mount, who they are and how they are reached, then the pods, then what acts on
 * them. All kinds that are not here, such as those of custom resources, stand between.
 */
const first = [
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'Service',
];
const last = [
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'Ingress',
];

/** Objects in the order in which they are applied: by kind, and in that as they were rendered. */
export function inApplyOrder<T>(
  items: readonly T[],
  objectOf: (item: T) => Pick<KubernetesObject, 'kind'>,
): T[] {
  return [...items].sort(
    (one, other) => rank(objectOf(one)) - rank(objectOf(other)),
  );
}

function rank({ kind }: Pick<KubernetesObject, 'kind'>): number {
  const early = first.indexOf(kind);
  if (early >= 0) return early;
  const late = last.indexOf(kind);
  return first.length + (late < 0 ? 0 : 1 + late);
}
