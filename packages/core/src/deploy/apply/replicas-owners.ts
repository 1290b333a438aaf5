import type { ManagedFields } from './managed-fields';

const replicasField = JSON.stringify(['f:spec', 'f:replicas']);

/** Who owns the number of replicas, of those that own fields of an object. */
export function ownersOfReplicas(
  entries: readonly ManagedFields[],
): ManagedFields[] {
  return entries.filter(({ fields }) => fields.has(replicasField));
}

/** The controller of HorizontalPodAutoscalers writes to the scale, and nothing else of Kubernetes does under that name. */
export function isAutoscaler({
  manager,
  subresource,
}: Pick<ManagedFields, 'manager' | 'subresource'>): boolean {
  return manager === 'kube-controller-manager' && subresource === 'scale';
}
