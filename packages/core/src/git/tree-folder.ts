import { gitErrors } from './git-errors';
import { parseTree } from './git-objects';
import type { TreeEntry } from './git-objects';
import { kindsOfEntry } from './tree-files';
import type { TreeSource } from './tree-files';
import type { FolderFile, FolderToRead } from '../repository/repository-data';

/** Objects whose sizes are told before their bytes are kept. */
export interface SizedTreeSource extends TreeSource {
  /** As {@link TreeSource.readObjects}; undefined where all of them together are larger. */
  readObjectsBelow(
    maxBytes: number,
    oids: readonly string[],
    what: string,
    signal: AbortSignal,
  ): Promise<Buffer[] | undefined>;
}

/**
 * The files of a folder in a tree: one fetch for each part of its path, one for the folders below it, and one for all
 * files. What leaves the folder is refused, never followed.
 *
 * @throws DojoError GIT_FOLDER_NOT_FOUND, GIT_FOLDER_ENTRY, GIT_FOLDER_TOO_LARGE.
 */
export async function readTreeFolder(
  source: SizedTreeSource,
  from: { readonly tree: string; readonly display: string },
  folder: FolderToRead,
  signal: AbortSignal,
): Promise<FolderFile[]> {
  const entries = await locate(source, from, folder.path, signal);
  const found = [
    ...filesOf(entries, '', from.display, folder),
    ...(await filesBelow(source, entries, from.display, folder, signal)),
  ];
  if (found.length > folder.maxFiles) {
    throw gitErrors.folderTooLarge(
      from.display,
      folder.path,
      `${found.length} files; at most ${folder.maxFiles} are read`,
    );
  }
  const oids = [...new Set(found.map(file => file.oid))];
  const bodies = await source.readObjectsBelow(
    folder.maxBytes,
    oids,
    `the files of ${folder.path}`,
    signal,
  );
  if (bodies === undefined) {
    throw gitErrors.folderTooLarge(
      from.display,
      folder.path,
      `files of more than ${folder.maxBytes} bytes together`,
    );
  }
  const contents = new Map(oids.map((oid, index) => [oid, bodies[index]]));
  return found.map(({ path, oid }) => ({ path, bytes: contents.get(oid)! }));
}

interface FoundFile {
  readonly path: string;
  readonly oid: string;
}

async function locate(
  source: TreeSource,
  { tree, display }: { readonly tree: string; readonly display: string },
  path: string,
  signal: AbortSignal,
): Promise<TreeEntry[]> {
  let entries = await readTree(source, tree, signal);
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    const entry = entries.find(({ name }) => name.equals(Buffer.from(part)));
    if (entry === undefined) throw gitErrors.folderNotFound(display, path);
    if (entry.mode !== '40000') {
      throw gitErrors.folderEntry(display, part, kindOf(entry), 'a directory');
    }
    entries = await readTree(source, entry.oid, signal);
  }
  return entries;
}

async function filesBelow(
  source: TreeSource,
  entries: readonly TreeEntry[],
  display: string,
  folder: FolderToRead,
  signal: AbortSignal,
): Promise<FoundFile[]> {
  const below = entries.flatMap(entry => {
    const name = nameOf(entry);
    if (!folder.below.includes(name)) return [];
    if (entry.mode !== '40000') {
      throw gitErrors.folderEntry(display, name, kindOf(entry), 'a directory');
    }
    return [{ name, oid: entry.oid }];
  });
  const bodies = await source.readObjects(
    below.map(({ oid }) => oid),
    'a tree',
    signal,
  );
  return below.flatMap(({ name }, index) =>
    filesOf(
      parseTree(bodies[index], source.format),
      `${name}/`,
      display,
      folder,
    ),
  );
}

function filesOf(
  entries: readonly TreeEntry[],
  prefix: string,
  display: string,
  { ending }: FolderToRead,
): FoundFile[] {
  return entries.flatMap(entry => {
    const name = nameOf(entry);
    if (!name.toLowerCase().endsWith(ending)) return [];
    const path = `${prefix}${name}`;
    // Git itself writes no such name; a tree that somebody made by hand may hold one.
    const isStrange = /[/\\\p{Cc}]/u.test(name);
    if (isStrange || entry.mode in kindsOfEntry) {
      const found = isStrange ? 'a strange name' : kindOf(entry);
      throw gitErrors.folderEntry(display, path, found, 'a file');
    }
    return [{ path, oid: entry.oid }];
  });
}

async function readTree(
  source: TreeSource,
  oid: string,
  signal: AbortSignal,
): Promise<TreeEntry[]> {
  const [body] = await source.readObjects([oid], 'a tree', signal);
  return parseTree(body, source.format);
}

function nameOf({ name }: TreeEntry): string {
  return name.toString('utf8');
}

function kindOf({ mode }: TreeEntry): string {
  return kindsOfEntry[mode] ?? 'a file';
}
