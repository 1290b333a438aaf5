import { gitErrors } from '../git-errors';
import { parseTree } from '../objects/git-objects';
import type { SizedTreeSource } from '../objects/tree-folder';

/** A commit as the history of a folder sees it. */
export interface CommitTree {
  readonly oid: string;
  readonly tree: string;
  /** Absent: it has none. */
  readonly parent?: string;
}

/** Options of {@link commitsOfFolder}. */
export interface FolderHistoryOptions {
  readonly display: string;
  readonly source: SizedTreeSource;
  /** The head may lack the path, as after its removal; default: that is an error. */
  readonly isGoneAllowed?: boolean;
  /** The trees of commits that are not among those asked about. */
  readonly readTrees: (
    commits: readonly string[],
    signal: AbortSignal,
  ) => Promise<string[]>;
}

/** Trees that are read at once, and their bytes together. */
const treesAtOnce = 500;
const maxTreeBytes = 64 * 1024 * 1024;

/**
 * Those of the commits, by id, that changed something below a path: where it differs from the first parent, so that a
 * merge counts where it brought a change to its own line.
 *
 * @param commits the head first.
 * @throws DojoError GIT_FOLDER_NOT_FOUND, GIT_OBJECT_TOO_LARGE.
 */
export async function commitsOfFolder(
  commits: readonly CommitTree[],
  path: string,
  options: FolderHistoryOptions,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const treeOf = new Map(commits.map(({ oid, tree }) => [oid, tree]));
  const before = [
    ...new Set(
      commits.flatMap(({ parent }) =>
        parent === undefined || treeOf.has(parent) ? [] : [parent],
      ),
    ),
  ];
  const treesBefore = await options.readTrees(before, signal);
  before.forEach((oid, index) => treeOf.set(oid, treesBefore[index]));

  const entryOf = await locateEntries(
    [...new Set(treeOf.values())],
    path,
    options,
    signal,
  );
  const contentOf = (oid: string | undefined) =>
    oid === undefined ? undefined : entryOf.get(treeOf.get(oid)!);
  const [head] = commits;
  const isGone = head !== undefined && contentOf(head.oid) === undefined;
  if (isGone && !options.isGoneAllowed) {
    throw gitErrors.folderNotFound(options.display, path);
  }
  return new Set(
    commits
      .filter(({ oid, parent }) => contentOf(oid) !== contentOf(parent))
      .map(({ oid }) => oid),
  );
}

/** Root tree -> id of what the path is in it; without those that do not have it. */
async function locateEntries(
  roots: readonly string[],
  path: string,
  { source, display }: FolderHistoryOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  let at = new Map(roots.map(root => [root, root]));
  const parts = path.split('/');
  for (const [depth, part] of parts.entries()) {
    const isLast = depth === parts.length - 1;
    const name = Buffer.from(part);
    const found = new Map<string, string>();
    const trees = [...new Set(at.values())];
    for (let start = 0; start < trees.length; start += treesAtOnce) {
      const some = trees.slice(start, start + treesAtOnce);
      const bodies = await source.readObjectsBelow(
        maxTreeBytes,
        some,
        'a tree',
        signal,
      );
      if (bodies === undefined) {
        throw gitErrors.objectTooLarge(
          display,
          `the trees above ${path}`,
          maxTreeBytes + 1,
          maxTreeBytes,
        );
      }
      bodies.forEach((body, index) => {
        const entries = parseTree(body, source.format);
        const entry = entries.find(each => each.name.equals(name));
        const isFollowed = isLast || entry?.mode === '40000';
        if (entry !== undefined && isFollowed) {
          found.set(some[index], entry.oid);
        }
      });
    }
    at = new Map(
      [...at].flatMap(([root, tree]) => {
        const entry = found.get(tree);
        return entry === undefined ? [] : [[root, entry] as const];
      }),
    );
  }
  return at;
}
