import { gitErrors } from '../git-errors';
import { encodeTree, parseTree } from './git-objects';
import type { TreeEntry } from './git-objects';
import { kindsOfEntry } from './tree-files';
import type { TreeSource } from './tree-files';

/** What becomes of one path of a tree. */
export interface TreeEdit {
  /** Parts with one slash between them. */
  readonly path: string;
  /** Default: the one it has; of a new file 100644. */
  readonly mode?: '100644' | '100755';
  /** Absent: there is no such file any more. */
  readonly text?: string;
}

/** Where a tree is read and written. */
export interface TreeTarget {
  readonly display: string;
  readonly source: TreeSource;
  /** Stores an object. @returns its id. */
  write(type: 'blob' | 'tree', body: Buffer): Promise<string>;
}

/**
 * The tree that the edits make over another one; only the trees on their paths are read, and what no edit names keeps its
 * entry as it is, bytes of names included. A folder without files is none in git, so it goes with its last one.
 *
 * @param tree absent: there is nothing yet.
 * @throws DojoError GIT_PATH_INVALID, GIT_FOLDER_ENTRY where a link, a submodule, or a folder for a file (or the other way
 * round) is in the way: nothing is replaced that is of another kind.
 */
export async function writeTree(
  target: TreeTarget,
  tree: string | undefined,
  edits: readonly TreeEdit[],
  signal: AbortSignal,
): Promise<string> {
  for (const { path } of edits) {
    if (!isTreePath(path)) throw gitErrors.pathInvalid(target.display, path);
  }
  const entries = await entriesOver(target, { tree, above: '' }, edits, signal);
  return target.write('tree', encodeTree(entries));
}

/** A name that git itself would put into a tree, on every system that checks it out. */
export function isTreePath(path: string): boolean {
  return path
    .split('/')
    .every(part => !/^(?:|\.|\.\.|\.git)$|[\\\p{Cc}]/iu.test(part));
}

const folderMode = '40000';

async function entriesOver(
  target: TreeTarget,
  at: { readonly tree: string | undefined; readonly above: string },
  edits: readonly TreeEdit[],
  signal: AbortSignal,
): Promise<TreeEntry[]> {
  const entries = await readEntries(target.source, at.tree, signal);
  const folders = new Map<string, TreeEdit[]>();
  for (const edit of edits) {
    const slash = edit.path.indexOf('/');
    if (slash === -1) {
      await editFile(target, entries, edit, at.above);
    } else {
      const name = edit.path.slice(0, slash);
      const inside = { ...edit, path: edit.path.slice(slash + 1) };
      folders.set(name, [...(folders.get(name) ?? []), inside]);
    }
  }
  for (const [name, inside] of folders) {
    const key = keyOf(name);
    const before = entries.get(key);
    const path = `${at.above}${name}`;
    if (before !== undefined && before.mode !== folderMode) {
      // What is not there, and cannot be there, is gone already.
      if (inside.every(({ text }) => text === undefined)) continue;
      throw inTheWay(target, path, before, kindsOfEntry[folderMode]);
    }
    const below = await entriesOver(
      target,
      { tree: before?.oid, above: `${path}/` },
      inside,
      signal,
    );
    if (below.length === 0) entries.delete(key);
    else {
      const oid = await target.write('tree', encodeTree(below));
      entries.set(key, { mode: folderMode, name: Buffer.from(name), oid });
    }
  }
  return [...entries.values()];
}

/** Names are bytes: as latin1 text they are told apart by each of them. */
function keyOf(name: string | Buffer): string {
  return Buffer.from(name as string).toString('latin1');
}

async function readEntries(
  source: TreeSource,
  tree: string | undefined,
  signal: AbortSignal,
): Promise<Map<string, TreeEntry>> {
  if (tree === undefined) return new Map();
  const [body] = await source.readObjects([tree], 'a tree', signal);
  return new Map(
    parseTree(body, source.format).map(entry => [keyOf(entry.name), entry]),
  );
}

async function editFile(
  target: TreeTarget,
  entries: Map<string, TreeEntry>,
  { path, mode, text }: TreeEdit,
  above: string,
): Promise<void> {
  const key = keyOf(path);
  const before = entries.get(key);
  if (before !== undefined && before.mode in kindsOfEntry) {
    throw inTheWay(target, `${above}${path}`, before, 'a file');
  }
  if (text === undefined) {
    entries.delete(key);
    return;
  }
  entries.set(key, {
    mode: mode ?? before?.mode ?? '100644',
    name: Buffer.from(path),
    oid: await target.write('blob', Buffer.from(text)),
  });
}

function inTheWay(
  { display }: TreeTarget,
  path: string,
  { mode }: TreeEntry,
  expected: string,
): Error {
  return gitErrors.folderEntry(
    display,
    path,
    kindsOfEntry[mode] ?? 'a file',
    expected,
  );
}
