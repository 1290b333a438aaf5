import { identityOf } from '../cluster-state';
import type { ClusterState, ObservedObject } from '../cluster-state';

/** Of a thousand objects each is looked up more than once. */
const indexes = new WeakMap<
  ClusterState['objects'],
  ReadonlyMap<string, ObservedObject>
>();

/** What was observed of a decided object. */
export function observedOf(
  decided: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
  },
  { objects }: ClusterState,
): ObservedObject {
  const { apiVersion, kind, name } = decided;
  const id = identityOf({ apiVersion, kind, metadata: { name } });
  const index =
    indexes.get(objects) ??
    new Map(objects.map(each => [identityOf(each.wanted), each]));
  indexes.set(objects, index);
  const found = index.get(id);
  if (found === undefined) throw new Error(`${kind} ${name} was not observed`);
  return found;
}
