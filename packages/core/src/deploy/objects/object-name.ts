import type { KubernetesObject } from '../../cluster/kubernetes-object';

/** `Deployment ledger`: an object as a message and a finding name it. */
export function objectName({
  kind,
  metadata,
}: Pick<KubernetesObject, 'kind' | 'metadata'>): string {
  return `${kind} ${metadata.name}`;
}
