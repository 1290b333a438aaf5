import { kustomizationErrors } from './kustomization-errors';
import { treeLimits } from './tree-limits';

/** Which folder reads what. */
export interface Inclusion {
  readonly folder: string;
  /** Folder -> all that its kustomization reads, folders and files, as often as it does. */
  readonly includes: ReadonlyMap<string, readonly string[]>;
  readonly files: ReadonlyMap<string, string>;
}

interface Size {
  readonly folders: number;
  readonly characters: number;
}

/**
 * Refuses folders that include one another in a circle, and those that are included again and again: kustomize reads what
 * two folders include two times, so that twenty small folders may become a million.
 *
 * @throws DojoError KUSTOMIZATION_CYCLE, KUSTOMIZATION_TOO_LARGE.
 */
export function ensureBounded(
  { folder, includes, files }: Inclusion,
  nameOf: (path: string) => string,
): void {
  const sizes = new Map<string, Size | 'open'>();
  const sizeOf = (path: string): Size => {
    const text = files.get(path);
    if (text !== undefined) return { folders: 0, characters: text.length };
    const known = sizes.get(path);
    if (known === 'open') {
      throw kustomizationErrors.cycle(nameOf(path) || '.');
    }
    if (known !== undefined) return known;
    sizes.set(path, 'open');
    let folders = 1;
    let characters = 0;
    for (const included of includes.get(path) ?? []) {
      const size = sizeOf(included);
      folders += size.folders;
      characters += size.characters;
    }
    const size = { folders, characters };
    sizes.set(path, size);
    return size;
  };
  const { folders, characters } = sizeOf(folder);
  if (folders > treeLimits.expandedFolders) {
    throw kustomizationErrors.tooLarge(
      `the overlay includes its bases again and again: ${folders} kustomizations, and at most ${treeLimits.expandedFolders} are rendered`,
    );
  }
  if (characters > treeLimits.expandedCharacters) {
    throw kustomizationErrors.tooLarge(
      `the overlay includes its bases again and again: ${characters} characters, and at most ${treeLimits.expandedCharacters} are rendered`,
    );
  }
}
