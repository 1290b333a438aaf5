import { fieldOf, isMap } from './plain-value';

/**
 * What names an entry of a list, by the field that holds the list: the API server's own keys of server-side apply
 * (`x-kubernetes-list-map-keys` of the built-in kinds). Lists that are not here are compared by number.
 */
const keysOfLists: Readonly<Record<string, readonly (readonly string[])[]>> = {
  conditions: [['type']],
  containers: [['name']],
  env: [['name']],
  ephemeralContainers: [['name']],
  hostAliases: [['ip']],
  imagePullSecrets: [['name']],
  initContainers: [['name']],
  ports: [
    ['containerPort', 'protocol'],
    ['port', 'protocol'],
  ],
  resourceClaims: [['name']],
  topologySpreadConstraints: [['topologyKey', 'whenUnsatisfiable']],
  versions: [['name']],
  volumeDevices: [['devicePath']],
  volumeMounts: [['mountPath']],
  volumes: [['name']],
};

/** What the API server fills in where a key is left out. */
const defaults: Readonly<Record<string, unknown>> = { protocol: 'TCP' };

/** One entry of a list under what names it. */
export interface ListEntry {
  readonly names: readonly (readonly [string, unknown])[];
  readonly value: unknown;
}

/** The entries of two lists by what names them. */
export interface KeyedLists {
  readonly before: ReadonlyMap<string, ListEntry>;
  readonly after: ReadonlyMap<string, ListEntry>;
}

/** @returns undefined where the entries have no names, or two of a list have the same: then their numbers name them. */
export function keyedLists(
  field: string,
  before: readonly unknown[],
  after: readonly unknown[],
): KeyedLists | undefined {
  if (!Object.hasOwn(keysOfLists, field)) return undefined;
  for (const keys of keysOfLists[field]) {
    const one = entriesBy(keys, before);
    const other = one && entriesBy(keys, after);
    if (one && other) return { before: one, after: other };
  }
  return undefined;
}

function entriesBy(
  keys: readonly string[],
  list: readonly unknown[],
): ReadonlyMap<string, ListEntry> | undefined {
  const entries = new Map<string, ListEntry>();
  for (const value of list) {
    if (!isMap(value)) return undefined;
    const names = keys.map(
      key => [key, fieldOf(value, key) ?? defaults[key]] as const,
    );
    if (names.some(([, name]) => !isName(name))) return undefined;
    const id = JSON.stringify(names);
    if (entries.has(id)) return undefined;
    entries.set(id, { names, value });
  }
  return entries;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
