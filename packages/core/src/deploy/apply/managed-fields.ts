import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { isList, isMap } from '../objects/plain-value';
import type { PlainMap } from '../objects/plain-value';
import { readFieldSet } from './field-set';
import type { FieldSet } from './field-set';

/** The name under which fields are owned. */
export const fieldManager = 'dojo-portal';

/**
 * The managers of client-side `kubectl apply`, which kubectl itself takes fields over from when it goes on server-side
 * (kubectl, `csaupgrade`; kubernetes/kubernetes#112905).
 */
const clientSideManagers = new Set([
  'kubectl-client-side-apply',
  'before-first-apply',
]);

/** One entry of `metadata.managedFields`. */
export interface ManagedFields {
  readonly manager: string;
  readonly operation: string;
  /** `scale`, `status`; empty: the object itself. */
  readonly subresource: string;
  readonly fields: FieldSet;
  /** As it stands in the object. */
  readonly entry: PlainMap;
}

/** The entries of an object; none where it tells of none. */
export function managedFieldsOf({
  metadata,
}: KubernetesObject): readonly ManagedFields[] {
  const { managedFields } = metadata;
  return (isList(managedFields) ? managedFields : [])
    .filter(isMap)
    .map(entry => ({
      manager: String(entry.manager ?? ''),
      operation: String(entry.operation ?? ''),
      subresource: String(entry.subresource ?? ''),
      fields: readFieldSet(entry.fieldsV1),
      entry,
    }));
}

/** Whether it is the entry of what this program applied. */
export function isOwn({
  manager,
  operation,
  subresource,
}: ManagedFields): boolean {
  return (
    manager === fieldManager && operation === 'Apply' && subresource === ''
  );
}

/** Whether it is what client-side `kubectl apply` left. */
export function isClientSide({
  manager,
  operation,
  subresource,
}: ManagedFields): boolean {
  return (
    clientSideManagers.has(manager) &&
    operation === 'Update' &&
    subresource === ''
  );
}

/** Whether a manager of this name is client-side `kubectl apply`. */
export function isClientSideManager(manager: string): boolean {
  return clientSideManagers.has(manager);
}

/** What this program owns of an object. */
export function ownFields(object: KubernetesObject): FieldSet {
  return (
    managedFieldsOf(object).find(isOwn)?.fields ?? new Map<string, never>()
  );
}
