import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { fieldOf, isEqual, isList, isMap } from '../objects/plain-value';
import type { PlainMap } from '../objects/plain-value';
import { hasKeys } from './field-set';
import { isClientSide, isOwn, managedFieldsOf } from './managed-fields';

/** Whose schemas are known; what a CustomResourceDefinition says of its fields may be another thing tomorrow. */
const groups = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
]);

/**
 * Maps that are owned as a whole (`x-kubernetes-map-type: atomic`). Any other map that is owned without its fields was empty
 * when it was applied, and whatever is in it now is not this program's.
 */
const wholeMaps = new Set([
  'configMapKeyRef',
  'dataSource',
  'fieldRef',
  'labelSelector',
  'namespaceSelector',
  'podSelector',
  'resourceFieldRef',
  'roleRef',
  'secretKeyRef',
  'selector',
]);

/** Deeper, or longer, than what is worth a proof: a dry run tells as well. */
const maxDepth = 60;
const maxEntries = 200;

/**
 * Whether it is proven that an apply changes nothing of an object, neither a value nor who owns it; pure. It is where this
 * program owns exactly the fields that it is to apply, and each of them holds the very value: then what the API server merges
 * is what lives. Where it is not proven, nothing is said: a dry run tells.
 *
 * Unlike a dry run it does not ask what a webhook or a policy of the cluster would make of an object that nobody changes.
 */
export function isAlreadyApplied(
  wanted: KubernetesObject,
  live: KubernetesObject,
): boolean {
  const { apiVersion, kind } = wanted;
  const slash = apiVersion.indexOf('/');
  if (!groups.has(slash < 0 ? '' : apiVersion.slice(0, slash))) return false;
  if (live.apiVersion !== apiVersion || live.kind !== kind) return false;
  if (live.metadata.deletionTimestamp !== undefined) return false;
  const entries = managedFieldsOf(live);
  if (entries.some(isClientSide)) return false;
  const [own, ...more] = entries.filter(isOwn);
  if (own === undefined || more.length > 0) return false;
  const { apiVersion: version, fieldsType, fieldsV1 } = own.entry;
  if (version !== apiVersion || fieldsType !== 'FieldsV1') return false;
  return isHeld(toApplied(wanted), {
    name: '',
    owned: fieldsV1,
    others: entries
      .filter(entry => entry !== own)
      .map(({ entry }) => entry.fieldsV1),
    live,
    depth: 0,
  });
}

/** What of an apply has an owner: not what names the object (structured-merge-diff, `stripMeta`). */
function toApplied(object: KubernetesObject): PlainMap {
  const { apiVersion, kind, metadata, ...rest } = object;
  const { name, namespace, ...others } = metadata;
  return Object.keys(others).length === 0
    ? rest
    : { ...rest, metadata: others };
}

/** A field that may be as it is to be applied. */
interface Place {
  /** Of the field, where it is one of a map. */
  readonly name: string;
  /** What this program owns of it, as in `fieldsV1`. */
  readonly owned: unknown;
  /** What others own of it. */
  readonly others: readonly unknown[];
  readonly live: unknown;
  readonly depth: number;
}

function isHeld(wanted: unknown, place: Place): boolean {
  const { name, owned, others, live, depth } = place;
  if (!isMap(owned) || depth > maxDepth) return false;
  if (Object.keys(owned).length === 0) {
    // It is owned as a whole, or it was empty, or none, when it was applied.
    const isWhole =
      !isMap(wanted) || Object.keys(wanted).length === 0 || wholeMaps.has(name);
    return (
      isWhole &&
      !others.some(hasParts) &&
      isExact(wanted) &&
      isEqual(wanted, live)
    );
  }
  if (isMap(wanted) && isMap(live)) return isMapHeld(wanted, live, place);
  if (isList(wanted) && isList(live)) return isListHeld(wanted, live, place);
  return false;
}

function isMapHeld(wanted: PlainMap, live: PlainMap, place: Place): boolean {
  const { owned, depth } = place;
  const keys = Object.keys(wanted);
  return (
    keys.length === Object.keys(owned as PlainMap).length &&
    keys.every(key =>
      isHeld(wanted[key], {
        name: key,
        ...under(place, `f:${key}`),
        live: fieldOf(live, key),
        depth: depth + 1,
      }),
    )
  );
}

/** Entry by entry: where others added some, or their order is another, a dry run tells how they are merged. */
function isListHeld(
  wanted: readonly unknown[],
  live: readonly unknown[],
  place: Place,
): boolean {
  const parts = Object.keys(place.owned as PlainMap);
  if (parts.length !== wanted.length || live.length !== wanted.length) {
    return false;
  }
  if (parts.length > maxEntries) return false;
  const left = new Map(parts.map(part => [part, namedBy(part)]));
  return wanted.every((entry, index) => {
    const part = [...left.keys()].find(each => left.get(each)!(entry));
    if (part === undefined || !left.get(part)!(live[index])) return false;
    left.delete(part);
    const { owned, others } = under(place, part);
    if (part.startsWith('v:')) {
      return isMap(owned) && !hasParts(owned) && isEqual(entry, live[index]);
    }
    // That an entry is there is owned, beside what is in it.
    if (!isMap(owned) || !isEqual(owned['.'], {})) return false;
    const { '.': _, ...inside } = owned;
    return isHeld(entry, {
      name: '',
      owned: inside,
      others,
      live: live[index],
      depth: place.depth + 1,
    });
  });
}

/** Whether an entry is the one that a part of a path names: `k:{"name":"ledger"}`, `v:"a"`. */
function namedBy(part: string): (entry: unknown) => boolean {
  let named: unknown;
  try {
    named = JSON.parse(part.slice(2));
  } catch {
    return () => false;
  }
  if (part.startsWith('k:')) return entry => hasKeys(entry, named);
  if (!part.startsWith('v:') || isMap(named) || isList(named)) {
    return () => false;
  }
  return entry => isExact(entry) && isEqual(entry, named);
}

/** What is owned below a part. */
function under({ owned, others }: Place, part: string) {
  return {
    owned: fieldOf(owned, part),
    others: others.flatMap(other => fieldOf(other, part) ?? []),
  };
}

function hasParts(owned: unknown): boolean {
  return isMap(owned) && Object.keys(owned).some(part => part !== '.');
}

/** Whether JSON in JavaScript tells it from every other value: no number beyond 2^53. Null is what no apply should hold. */
function isExact(value: unknown): boolean {
  if (typeof value === 'number') {
    return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  }
  if (isList(value)) return value.every(isExact);
  if (isMap(value)) return Object.values(value).every(isExact);
  return value !== null && value !== undefined;
}
