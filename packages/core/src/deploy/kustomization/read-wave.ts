import type { FileSource } from '../ports';
import type { Place } from './kustomization';
import { kustomizationErrors } from './kustomization-errors';
import { treeLimits } from './tree-limits';

/** The names that kustomize looks for. */
export const kustomizationNames = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
] as const;

/** A repository, and where its files are in the tree. */
export interface Root {
  readonly source: FileSource;
  /** Empty: the overlay's own. */
  readonly at: string;
  /** Address of a base; absent: the overlay's own. */
  readonly repository?: string;
}

/** What has to be looked at next. */
export interface Task {
  readonly root: Root;
  /** From the root. */
  readonly path: string;
  readonly as: 'file' | 'folder';
  /** Where it is not there: whether it may be the other of both. */
  readonly mayBeOther: boolean;
  readonly depth: number;
  /** Who names it; absent: the caller. */
  readonly from?: { readonly place: Place; readonly written: string };
}

/** What was read of each repository. */
export type WaveTexts = ReadonlyMap<
  Root,
  ReadonlyMap<string, string | undefined>
>;

/** More would be in memory together, however large, before they are counted. */
const pathsAtOnce = 100;

/** The files are more than is read. */
export function tooManyCharacters() {
  return kustomizationErrors.tooLarge(
    `the files of the overlay and its bases have more than ${treeLimits.characters} characters`,
  );
}

/**
 * One read of each repository, of many files several.
 *
 * @throws DojoError KUSTOMIZATION_TOO_LARGE, and what the source throws.
 */
export async function readWave(
  wave: readonly Task[],
  signal: AbortSignal,
): Promise<WaveTexts> {
  const asked = new Map<Root, Set<string>>();
  for (const task of wave) {
    const paths = asked.get(task.root) ?? new Set();
    for (const path of pathsOf(task)) paths.add(path);
    asked.set(task.root, paths);
  }
  const texts = new Map<Root, ReadonlyMap<string, string | undefined>>();
  let characters = 0;
  for (const [root, paths] of asked) {
    const list = [...paths];
    const read = new Map<string, string | undefined>();
    for (let start = 0; start < list.length; start += pathsAtOnce) {
      const some = list.slice(start, start + pathsAtOnce);
      const found = await root.source.readFiles(some, signal);
      for (const [index, path] of some.entries()) {
        read.set(path, found[index]);
        characters += found[index]?.length ?? 0;
      }
      if (characters > treeLimits.characters) throw tooManyCharacters();
    }
    texts.set(root, read);
  }
  return texts;
}

/** The files that a task looks for. */
export function pathsOf({ as, path }: Task): string[] {
  if (as === 'file') return [path];
  return kustomizationNames.map(name =>
    path === '' ? name : `${path}/${name}`,
  );
}

/** A path of a repository as one of the tree. */
export function inTree(root: Root, path: string): string {
  return [root.at, path].filter(part => part !== '').join('/');
}
