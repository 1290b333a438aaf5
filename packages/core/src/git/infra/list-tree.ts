import { gitErrors } from '../git-errors';
import { parseTree } from '../objects/git-objects';
import type { TreeEntry } from '../objects/git-objects';
import type { SizedTreeSource } from '../objects/tree-folder';
import { refuseLink } from './read-texts';

/** How much is listed; a tree can name the same folder many times, so that a small one unfolds into millions of paths. */
export interface ListLimits {
  /** Files and folders together. */
  readonly maxEntries: number;
  readonly maxDepth: number;
}

export const listLimits: ListLimits = { maxEntries: 20_000, maxDepth: 32 };

/** Of all trees of one depth. */
const maxTreeBytes = 64 * 1024 * 1024;

interface Folder {
  /** With a slash at its end; the folder itself has none. */
  readonly path: string;
  readonly oid: string;
}

/**
 * Paths of all files below a tree, relative to it, sorted; one fetch for each depth.
 *
 * @param shown what the folder is called in messages.
 * @throws DojoError GIT_FOLDER_ENTRY for a link, a submodule and a name that no file should have, GIT_FOLDER_TOO_LARGE.
 */
export async function listTree(
  source: SizedTreeSource,
  tree: string,
  { display, shown }: { readonly display: string; readonly shown: string },
  signal: AbortSignal,
  { maxEntries, maxDepth }: ListLimits = listLimits,
): Promise<string[]> {
  const tooLarge = (found: string) =>
    gitErrors.folderTooLarge(display, shown, found);
  const files: string[] = [];
  let count = 0;
  let level: Folder[] = [{ path: '', oid: tree }];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) {
      throw tooLarge(`folders in folders, more than ${maxDepth} deep`);
    }
    const oids = [...new Set(level.map(({ oid }) => oid))];
    const bodies = await source.readObjectsBelow(
      maxTreeBytes,
      oids,
      'a tree',
      signal,
    );
    if (bodies === undefined) {
      throw tooLarge(`more than ${maxTreeBytes} bytes of names`);
    }
    const trees = new Map(
      oids.map((oid, index) => [oid, parseTree(bodies[index], source.format)]),
    );
    const next: Folder[] = [];
    for (const folder of level) {
      const entries = trees.get(folder.oid)!;
      count += entries.length;
      if (count > maxEntries) {
        throw tooLarge(`more than ${maxEntries} files and folders`);
      }
      for (const entry of entries) {
        const path = `${folder.path}${nameOf(entry, folder.path, display)}`;
        refuseLink(entry, path, 'a file', display);
        if (entry.mode === '40000') {
          next.push({ path: `${path}/`, oid: entry.oid });
        } else files.push(path);
      }
    }
    level = next;
  }
  return files.sort();
}

/** Git itself writes no such name; a tree that somebody made by hand may hold one. */
function nameOf({ name }: TreeEntry, above: string, display: string): string {
  const text = name.toString('utf8');
  if (/^(?:|\.|\.\.|\.git)$|[/\\\p{Cc}\uFFFD]/iu.test(text)) {
    const path = `${above}${text}`;
    throw gitErrors.folderEntry(display, path, 'a strange name', 'a file');
  }
  return text;
}
