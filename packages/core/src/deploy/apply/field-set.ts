import { fieldOf, isEqual, isList, isMap } from '../objects/plain-value';

/**
 * A field as `managedFields` names it (structured-merge-diff, "FieldsV1"): `f:spec`, then `f:containers`, then
 * `k:{"name":"ledger"}`. The last part `.` is the field before it, as such.
 */
export type FieldPath = readonly string[];

/** Deeper, or more, than what the API server takes. */
const maxDepth = 100;
const maxPaths = 20_000;

/** The fields of a set, each by its path as JSON, so that sets can be compared. */
export type FieldSet = ReadonlyMap<string, FieldPath>;

/** Reads `fieldsV1`: the fields without fields of their own, and what is named by `.`. */
export function readFieldSet(fieldsV1: unknown): FieldSet {
  const found = new Map<string, FieldPath>();
  const visit = (node: unknown, path: readonly string[]) => {
    if (found.size >= maxPaths || path.length > maxDepth) return;
    const entries = isMap(node) ? Object.entries(node) : [];
    if (entries.length === 0) {
      if (path.length > 0) found.set(JSON.stringify(path), path);
      return;
    }
    for (const [part, below] of entries) visit(below, [...path, part]);
  };
  visit(fieldsV1, []);
  return found;
}

/** Writes a set as `fieldsV1`. */
export function toFieldsV1(set: FieldSet): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const path of set.values()) {
    let at = root;
    for (const part of path) {
      const below = at[part];
      at = (isMap(below) ? below : (at[part] = {})) as Record<string, unknown>;
    }
  }
  return root;
}

/** All that is in any of the sets. */
export function unionOf(sets: readonly FieldSet[]): FieldSet {
  return new Map(sets.flatMap(set => [...set]));
}

/** What is in the first, and in none of the others. */
export function without(set: FieldSet, others: readonly FieldSet[]): FieldSet {
  return new Map(
    [...set].filter(([id]) => !others.some(other => other.has(id))),
  );
}

/** What is in both. */
export function common(one: FieldSet, other: FieldSet): FieldSet {
  return new Map([...one].filter(([id]) => other.has(id)));
}

export function isSameSet(one: FieldSet, other: FieldSet): boolean {
  return one.size === other.size && [...one.keys()].every(id => other.has(id));
}

/** Where a field stands in an object: the keys and indexes that lead to it; undefined: it is not there. */
export function locate(
  object: unknown,
  path: FieldPath,
): readonly (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  let at = object;
  for (const part of path) {
    if (part === '.') continue;
    const step = stepOf(at, part);
    if (step === undefined) return undefined;
    steps.push(step);
    at =
      typeof step === 'number' && isList(at)
        ? at[step]
        : fieldOf(at, `${step}`);
  }
  return steps;
}

function stepOf(at: unknown, part: string): string | number | undefined {
  const word = part.slice(2);
  switch (part.slice(0, 2)) {
    case 'f:':
      return fieldOf(at, word) === undefined ? undefined : word;
    case 'k:':
      return indexWhere(at, entry => hasKeys(entry, parsed(word)));
    case 'v:':
      return indexWhere(at, entry => isEqual(entry, parsed(word)));
    case 'i:':
      return isList(at) && at[Number(word)] !== undefined
        ? Number(word)
        : undefined;
    default:
      return undefined;
  }
}

function indexWhere(
  list: unknown,
  isIt: (entry: unknown) => boolean,
): number | undefined {
  if (!isList(list)) return undefined;
  const index = list.findIndex(isIt);
  return index < 0 ? undefined : index;
}

/** What the API server fills in where a key is left out, as in a list of ports that a person wrote. */
const defaultKeys: Readonly<Record<string, unknown>> = { protocol: 'TCP' };

/** Whether an entry of a list is the one that these keys name, what is left out filled in. */
export function hasKeys(entry: unknown, keys: unknown): boolean {
  return (
    isMap(entry) &&
    isMap(keys) &&
    Object.entries(keys).every(([key, value]) =>
      isEqual(fieldOf(entry, key) ?? defaultKeys[key], value),
    )
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A field in the words that the API server's own messages have: `.spec.template.spec.containers[name="ledger"].image`. */
export function showFieldPath(path: FieldPath): string {
  return path
    .filter(part => part !== '.')
    .map(part => {
      const word = part.slice(2);
      if (part.startsWith('f:')) return `.${word}`;
      const keys = part.startsWith('k:') ? parsed(word) : undefined;
      if (!isMap(keys)) return `[${word}]`;
      return `[${Object.entries(keys)
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join(',')}]`;
    })
    .join('');
}
