import { entryPath, fieldPath, indexPath } from './field-path';
import { placeOfEntry, placeOfField, placeOfRoot } from './hidden-values';
import type { Place } from './hidden-values';
import { keyedLists } from './list-entries';
import type { KeyedLists, ListEntry } from './list-entries';
import { fieldOf, isEqual, isList, isMap } from './plain-value';

/** A place where two objects differ: scalars, empty mappings and lists, or what must not be shown. */
export interface FieldDifference {
  readonly path: string;
  /** undefined: it is not there. */
  readonly before: unknown;
  readonly after: unknown;
  readonly isHidden: boolean;
}

/** Deeper than anything that the API server takes; what is below is told as one difference. */
const maxDepth = 64;

/** What the API server writes, and nobody applies. */
const ofServer = new Set([
  '.metadata.creationTimestamp',
  '.metadata.generation',
  '.metadata.managedFields',
  '.metadata.resourceVersion',
  '.metadata.selfLink',
  '.metadata.uid',
  '.status',
]);

/** What names the object, and is shown beside its differences. */
const identity = new Set([
  '.apiVersion',
  '.kind',
  '.metadata.name',
  '.metadata.namespace',
]);

/**
 * Every difference of two objects, each once, in the order of their keys. `before` undefined: all that is in `after`.
 * Status, managed fields and other fields that are the API server's own are left out.
 */
export function* diffFields(
  before: unknown,
  after: unknown,
): Generator<FieldDifference> {
  const isNew = before === undefined;
  for (const found of diff(before, after, '', placeOfRoot(before, after), 0)) {
    if (!isNew || !identity.has(found.path)) yield found;
  }
}

function* diff(
  before: unknown,
  after: unknown,
  path: string,
  place: Place,
  depth: number,
): Generator<FieldDifference> {
  if (before === after || ofServer.has(path)) return;
  if (place.view === 'hidden' || depth > maxDepth) {
    if (!isEqual(before, after)) yield { path, before, after, isHidden: true };
  } else if (isBranch(before) && isMapOrAbsent(after)) {
    yield* diffMaps(before, after, path, place, depth);
  } else if (isBranch(after) && isMapOrAbsent(before)) {
    yield* diffMaps(before, after, path, place, depth);
  } else if (isMap(before) && isMap(after)) {
    // Both are empty.
  } else if (
    (isList(before) && before.length > 0 && isListOrAbsent(after)) ||
    (isList(after) && after.length > 0 && isListOrAbsent(before))
  ) {
    yield* diffLists(
      isList(before) ? before : [],
      isList(after) ? after : [],
      path,
      place,
      depth,
    );
  } else if (isList(before) && isList(after)) {
    // Both are empty.
  } else if (isLeaf(before) && isLeaf(after)) {
    yield { path, before, after, isHidden: place.view !== 'open' };
  } else {
    yield* diff(before, undefined, path, place, depth);
    yield* diff(undefined, after, path, place, depth);
  }
}

function isBranch(value: unknown): boolean {
  return isMap(value) && Object.keys(value).length > 0;
}

function isMapOrAbsent(value: unknown): boolean {
  return value === undefined || isMap(value);
}

function isListOrAbsent(value: unknown): boolean {
  return value === undefined || isList(value);
}

/** What is shown as one value. */
function isLeaf(value: unknown): boolean {
  if (isList(value)) return value.length === 0;
  return !isBranch(value);
}

function* diffMaps(
  before: unknown,
  after: unknown,
  path: string,
  place: Place,
  depth: number,
  left: ReadonlySet<string> = new Set(),
): Generator<FieldDifference> {
  for (const key of keysOf(before, after)) {
    if (left.has(key)) continue;
    const one = fieldOf(before, key);
    const other = fieldOf(after, key);
    yield* diff(
      one,
      other,
      fieldPath(path, key),
      placeOfField(place, key, one, other),
      depth + 1,
    );
  }
}

function keysOf(...maps: readonly unknown[]): string[] {
  return [
    ...new Set(maps.flatMap(map => (isMap(map) ? Object.keys(map) : []))),
  ].sort();
}

function* diffLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  place: Place,
  depth: number,
): Generator<FieldDifference> {
  // A list among hidden values has no names to show.
  const keyed =
    place.view === 'open' ? keyedLists(place.field, before, after) : undefined;
  if (keyed !== undefined) {
    yield* diffKeyed(keyed, path, place, depth);
    return;
  }
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const one = before[index];
    const other = after[index];
    const root = placeOfRoot(one, other);
    yield* diff(
      one,
      other,
      indexPath(path, index),
      place.view === 'open' && root.view === 'secret'
        ? root
        : placeOfEntry(place, [fieldOf(one, 'name'), fieldOf(other, 'name')]),
      depth + 1,
    );
  }
}

function* diffKeyed(
  { before, after }: KeyedLists,
  path: string,
  place: Place,
  depth: number,
): Generator<FieldDifference> {
  const kept = [...before.keys()].filter(id => after.has(id));
  const order = [...after.keys()].filter(id => before.has(id));
  if (kept.some((id, index) => id !== order[index])) {
    yield {
      path,
      before: `order: ${namesOf(kept, before)}`,
      after: `order: ${namesOf(order, after)}`,
      isHidden: false,
    };
  }
  for (const id of new Set([...after.keys(), ...before.keys()])) {
    const one = before.get(id);
    const other = after.get(id);
    const { names } = (other ?? one) as ListEntry;
    yield* diffMaps(
      one?.value,
      other?.value,
      entryPath(path, names),
      placeOfEntry(
        place,
        names.map(([, name]) => name),
      ),
      depth + 1,
      one && other ? new Set() : shownInPath(names, (other ?? one)?.value),
    );
  }
}

function namesOf(
  ids: readonly string[],
  entries: ReadonlyMap<string, ListEntry>,
): string {
  return ids
    .map(id => (entries.get(id)?.names ?? []).map(([, name]) => name).join('/'))
    .join(', ');
}

/** The fields that the path of a new entry has told; none where it has no other. */
function shownInPath(
  names: ListEntry['names'],
  value: unknown,
): ReadonlySet<string> {
  const keys = new Set(names.map(([key]) => key));
  return isMap(value) && Object.keys(value).some(key => !keys.has(key))
    ? keys
    : new Set();
}
