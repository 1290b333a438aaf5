import { gitErrors } from '../git-errors';
import { parseTree } from '../objects/git-objects';
import type { TreeEntry } from '../objects/git-objects';
import type { SizedTreeSource } from '../objects/tree-folder';

/** Of all trees of one depth. */
const maxTreeBytes = 64 * 1024 * 1024;
const maxDepth = 32;

/** A folder that differs; a tree is absent where the folder is. */
interface Pair {
  /** With a slash at its end; the root has none. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/**
 * Paths of all entries but folders that differ between two trees, by content, mode or being there, sorted; one fetch for
 * each depth, and equal folders are never read.
 *
 * @throws DojoError GIT_FOLDER_TOO_LARGE where more than `cap` differ.
 */
export async function readChangedPaths(
  source: SizedTreeSource,
  trees: { readonly before: string; readonly after: string },
  cap: number,
  display: string,
  signal: AbortSignal,
): Promise<string[]> {
  const changed: string[] = [];
  const tooLarge = (found: string) =>
    gitErrors.folderTooLarge(display, '.', found);
  let level: Pair[] =
    trees.before === trees.after ? [] : [{ path: '', ...trees }];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) throw tooLarge(`more than ${maxDepth} folders deep`);
    const read = await readTrees(source, level, signal);
    if (read === undefined) {
      throw tooLarge(`more than ${maxTreeBytes} bytes of names`);
    }
    const next: Pair[] = [];
    for (const pair of level) {
      for (const { name, before, after } of differing(pair, read)) {
        const path = `${pair.path}${name}`;
        if ([before, after].some(entry => entry && !isFolder(entry))) {
          changed.push(path);
        }
        if ([before, after].some(isFolder)) {
          next.push({
            path: `${path}/`,
            ...(isFolder(before) && { before: before.oid }),
            ...(isFolder(after) && { after: after.oid }),
          });
        }
      }
    }
    if (changed.length + next.length > cap) {
      throw tooLarge(`more than ${cap} files that differ`);
    }
    level = next;
  }
  return changed.sort();
}

type Trees = ReadonlyMap<string, readonly TreeEntry[]>;

async function readTrees(
  source: SizedTreeSource,
  level: readonly Pair[],
  signal: AbortSignal,
): Promise<Trees | undefined> {
  const oids = [
    ...new Set(
      level.flatMap(({ before, after }) =>
        [before, after].filter(oid => oid !== undefined),
      ),
    ),
  ];
  const bodies = await source.readObjectsBelow(
    maxTreeBytes,
    oids,
    'a tree',
    signal,
  );
  return (
    bodies &&
    new Map(oids.map((oid, at) => [oid, parseTree(bodies[at], source.format)]))
  );
}

/** Entries of a folder that are not the same on both sides. */
function differing({ before, after }: Pair, trees: Trees) {
  const sides = [before, after].map(
    oid =>
      new Map(
        (oid === undefined ? [] : trees.get(oid)!).map(entry => [
          entry.name.toString('utf8'),
          entry,
        ]),
      ),
  );
  return [...new Set(sides.flatMap(side => [...side.keys()]))].flatMap(name => {
    const [one, other] = sides.map(side => side.get(name));
    return one?.oid === other?.oid && one?.mode === other?.mode
      ? []
      : [{ name, before: one, after: other }];
  });
}

function isFolder(entry: TreeEntry | undefined): entry is TreeEntry {
  return entry?.mode === '40000';
}
