import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { fieldsAt } from '../lint/workloads';
import { isClientSide, isOwn, managedFieldsOf } from './managed-fields';

/** What of a claim never changes, and what the cluster fills in where nobody names it. */
const fixed = [
  'dataSource',
  'dataSourceRef',
  'selector',
  'storageClassName',
  'volumeMode',
  'volumeName',
];

/**
 * The claim with what it was made with and the overlay names no more: to give such a field up is to take it away, which
 * the API server refuses. What the cluster filled in, or somebody else owns, stays by itself.
 */
export function withHeldClaimFields(
  wanted: KubernetesObject,
  live: KubernetesObject | undefined,
): KubernetesObject {
  if (wanted.kind !== 'PersistentVolumeClaim' || live === undefined) {
    return wanted;
  }
  const [spec, held] = [wanted, live].map(one => fieldsAt(one, ['spec']));
  const owned = new Set(
    managedFieldsOf(live)
      .filter(entry => isOwn(entry) || isClientSide(entry))
      .flatMap(({ fields }) => [...fields.values()])
      .filter(([root]) => root === 'f:spec')
      .map(([, field]) => field),
  );
  const kept = fixed.filter(
    field =>
      spec[field] === undefined &&
      held[field] !== undefined &&
      owned.has(`f:${field}`),
  );
  if (kept.length === 0) return wanted;
  return {
    ...wanted,
    spec: {
      ...spec,
      ...Object.fromEntries(kept.map(field => [field, held[field]])),
    },
  };
}
