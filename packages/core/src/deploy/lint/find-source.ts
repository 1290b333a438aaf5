import type { ClosedTree } from '../kustomization/closed-tree';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { readYaml } from '../yaml/read-yaml';
import type { YamlEntry, YamlMap, YamlValue } from '../yaml/yaml-value';
import { treeLimits } from '../kustomization/tree-limits';

/** Where something was written. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

/** Whether a file of the tree has an object of this kind and this very name. */
export function definesObject(
  tree: ClosedTree,
  { kind, metadata }: KubernetesObject,
): boolean {
  return manifestsOf(tree, kind).some(({ name }) => name === metadata.name);
}

/**
 * Where an object was written, as exactly as its files tell: the line of what is wrong, else that of the object. Prefixes
 * and suffixes of its name are looked through. Undefined: no file has it, as what a generator makes.
 */
export function findSource(
  tree: ClosedTree,
  { kind, metadata }: KubernetesObject,
  path: readonly (string | number)[] = [],
): SourcePlace | undefined {
  const all = manifestsOf(tree, kind);
  const named = all.filter(({ name }) => name === metadata.name);
  const candidates =
    named.length > 0
      ? named
      : all.filter(({ name }) => name !== '' && metadata.name.includes(name));
  const places = candidates.map(({ file, value, lineOf }) => {
    const { depth, at } = follow(value, path);
    return { file: tree.nameOf(file), line: lineOf(at), depth };
  });
  const deepest = places.reduce<(typeof places)[number] | undefined>(
    (best, one) => (best === undefined || one.depth > best.depth ? one : best),
    undefined,
  );
  return deepest && { file: deepest.file, line: deepest.line };
}

interface Manifest {
  readonly file: string;
  readonly name: string;
  readonly value: YamlMap;
  readonly lineOf: (at: number) => number;
}

function manifestsOf(tree: ClosedTree, kind: string): Manifest[] {
  const kustomizations = new Set(tree.kustomizations.map(({ file }) => file));
  return [...tree.files].flatMap(([file, text]) =>
    !kustomizations.has(file) && text.includes(kind)
      ? manifestsIn(file, text).filter(
          ({ value }) => textAt(value, 'kind') === kind,
        )
      : [],
  );
}

function manifestsIn(file: string, text: string): Manifest[] {
  const read = readYaml(text, treeLimits);
  if (read.kind === 'invalid') return [];
  return read.documents.flatMap(itemsOf).flatMap(value => {
    if (value.kind !== 'map') return [];
    const metadata = value.entries.get('metadata')?.value;
    const name = metadata?.kind === 'map' ? textAt(metadata, 'name') : '';
    return [{ file, name, value, lineOf: read.lineOf }];
  });
}

/** Of a List its items. */
function itemsOf(document: YamlValue): readonly YamlValue[] {
  if (document.kind !== 'map') return [];
  const items = document.entries.get('items')?.value;
  return textAt(document, 'kind') === 'List' && items?.kind === 'list'
    ? items.items
    : [document];
}

function textAt(map: YamlMap, key: string): string {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'scalar' ? String(value.value) : '';
}

/** As far down as the file goes. */
function follow(
  value: YamlValue,
  path: readonly (string | number)[],
): { depth: number; at: number } {
  let here: YamlEntry = { value, at: value.at };
  for (const [depth, key] of path.entries()) {
    const entry = entryOf(here.value, key);
    if (entry === undefined) return { depth, at: here.at };
    here = entry;
  }
  return { depth: path.length, at: here.at };
}

function entryOf(
  value: YamlValue,
  key: string | number,
): YamlEntry | undefined {
  if (value.kind === 'map') return value.entries.get(String(key));
  if (value.kind !== 'list' || typeof key !== 'number') return undefined;
  const item: YamlValue | undefined = value.items[key];
  return item && { value: item, at: item.at };
}
