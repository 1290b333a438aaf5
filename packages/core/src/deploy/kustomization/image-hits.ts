import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { objectName } from '../objects/object-name';
import type { ClosedTree } from './closed-tree';
import type { ImageEntry } from './kustomization';

/** An image that an entry changed though its name is another one. */
export interface ForeignHit {
  /** As it was before. */
  readonly image: string;
  /** Kind and name. */
  readonly object: string;
  readonly entry: ImageEntry;
}

/** Names of which only the dot means something to an expression: any character. */
const simple = /^[A-Za-z0-9._/:@-]+$/;
/** Characters of all names times those of all texts: what looking for them may cost. Beyond it kustomize has to tell. */
const maxSteps = 500_000_000;
const escapes = /\\[xuU]/;

/** Whether one of the entries may have hit an image of another name; to be probed. A name that fits its own text only is none. */
export function mayHitOthers(tree: ClosedTree): boolean {
  const entries = tree.kustomizations.flatMap(({ images }) => images);
  if (entries.length === 0) return false;
  if (entries.some(({ name }) => !simple.test(name))) return true;
  const texts = [...tree.files.values()];
  const [names, characters] = [entries.map(({ name }) => name), texts].map(
    all => all.reduce((sum, { length }) => sum + length, 0),
  );
  if (names * characters > maxSteps) return true;
  return (
    texts.some(text => text.includes('image') && escapes.test(text)) ||
    entries.some(({ name }) => texts.some(text => fitsOther(name, text)))
  );
}

/** Whether a text that differs from the name where that has a dot stands in it, where the name of an image may end. */
function fitsOther(name: string, text: string): boolean {
  if (!name.includes('.')) return false;
  const pattern = name.replaceAll('.', '[^\\n]').replaceAll('/', '\\/');
  const expression = new RegExp(
    `(?<![A-Za-z0-9._/-])${pattern}(?=[:@"'\\s,}\\]]|$)`,
    'g',
  );
  for (const [found] of text.matchAll(expression)) {
    if (found !== name) return true;
  }
  return false;
}

/**
 * The first image that differs between both renders, and whose name is that of no entry.
 *
 * @param before rendered without any entry of `images`; the same objects in the same order.
 */
export function foreignHit(
  tree: ClosedTree,
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): ForeignHit | undefined {
  const entries = tree.kustomizations.flatMap(({ images }) => images);
  const names = new Set(entries.map(({ name }) => name));
  for (const [index, object] of before.entries()) {
    for (const image of changedTexts(object, after[index])) {
      const name = imageName(image);
      if (names.has(name) || names.has(image)) continue;
      const entry =
        entries.find(one => fitsOther(one.name, image)) ?? entries[0];
      return { image, object: objectName(object), entry };
    }
  }
  return undefined;
}

/** Entries of which nothing is left to be seen: neither their name, nor the one that they set. */
export function unusedEntries(
  tree: ClosedTree,
  objects: readonly KubernetesObject[],
): ImageEntry[] {
  const entries = tree.kustomizations.flatMap(({ images }) => images);
  if (entries.length === 0) return [];
  const renamed = new Set(entries.map(({ name }) => name));
  const used = new Set<string>();
  for (const object of objects) {
    for (const image of imagesOf(object)) used.add(imageName(image)).add(image);
  }
  return entries.filter(
    ({ name, newName }) =>
      !used.has(newName ?? name) && !(newName && renamed.has(newName)),
  );
}

/** Without tag and digest; the port of a registry is part of the name. */
export function imageName(image: string): string {
  const [name] = image.split('@');
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

function* changedTexts(before: unknown, after: unknown): Iterable<string> {
  if (typeof before === 'string') {
    if (before !== after) yield before;
  } else if (typeof before === 'object' && before !== null) {
    const other = after as Record<string, unknown> | undefined;
    for (const [key, value] of Object.entries(before)) {
      yield* changedTexts(value, other?.[key]);
    }
  }
}

function* imagesOf(value: unknown): Iterable<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* imagesOf(item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'image' && typeof item === 'string') yield item;
      else yield* imagesOf(item);
    }
  }
}
