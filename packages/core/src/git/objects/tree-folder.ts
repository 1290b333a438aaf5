import { gitErrors } from '../git-errors';
import { parseTree } from './git-objects';
import type { TreeEntry } from './git-objects';
import { kindsOfEntry } from './tree-files';
import type { TreeSource } from './tree-files';
import type {
  FolderFile,
  FolderToRead,
} from '../../repository/repository-data';

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

/** Folders in folders that are looked into for what is left out: each depth is a fetch. */
const maxDepth = 20;
const maxFolders = 10_000;
/** Of the lists of one depth together. */
const maxListBytes = 16 * 1024 * 1024;
/** Where nothing is read, there are no bytes. */
const unread = new Uint8Array();

/**
 * The files of a folder in a tree: one fetch for each part of its path, one for each depth of folders below it, and one
 * for all files. Those in folders that are not to be read come without their bytes, so that nothing is left out in
 * silence; what is hidden (`.github`) is left alone. What leaves the folder is refused, never followed.
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
  const read = found.flatMap(({ oid }) => oid ?? []);
  if (found.length > folder.maxFiles) {
    throw gitErrors.folderTooLarge(
      from.display,
      folder.path,
      `${found.length} files; at most ${folder.maxFiles} are read`,
    );
  }
  const oids = [...new Set(read)];
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
  return found.map(({ path, oid }) => ({
    path,
    bytes: oid === undefined ? unread : contents.get(oid)!,
  }));
}

interface FoundFile {
  readonly path: string;
  /** Absent: it is only named. */
  readonly oid?: string;
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

/** A folder below, whose files are read or only named. */
interface FolderBelow {
  /** With its slash. */
  readonly path: string;
  readonly oid: string;
  readonly isRead: boolean;
}

async function filesBelow(
  source: SizedTreeSource,
  entries: readonly TreeEntry[],
  display: string,
  folder: FolderToRead,
  signal: AbortSignal,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  let level = foldersOf(entries, '', display, folder);
  for (let depth = 1, count = 0; level.length > 0; depth += 1) {
    count += level.length;
    if (depth > maxDepth || count > maxFolders) {
      const what =
        depth > maxDepth
          ? `folders more than ${maxDepth} deep`
          : `more than ${maxFolders} folders`;
      throw gitErrors.folderTooLarge(display, folder.path, `${what} below it`);
    }
    const bodies = await source.readObjectsBelow(
      maxListBytes,
      level.map(({ oid }) => oid),
      `the folders below ${folder.path}`,
      signal,
    );
    if (bodies === undefined) {
      throw gitErrors.folderTooLarge(
        display,
        folder.path,
        `folders below it whose lists have more than ${maxListBytes} bytes together`,
      );
    }
    const next: FolderBelow[] = [];
    level.forEach(({ path, isRead }, index) => {
      const below = parseTree(bodies[index], source.format);
      found.push(
        ...(isRead
          ? filesOf(below, path, display, folder)
          : namesOf(below, path, display, folder)),
      );
      next.push(...foldersOf(below, path, display, folder));
    });
    level = next;
  }
  return found;
}

/** @param prefix of the folder whose entries these are; empty: it is the folder itself. */
function foldersOf(
  entries: readonly TreeEntry[],
  prefix: string,
  display: string,
  { below, ending }: FolderToRead,
): FolderBelow[] {
  return entries.flatMap(entry => {
    const name = nameOf(entry);
    const isRead = prefix === '' && below.includes(name);
    if (entry.mode !== '40000') {
      if (!isRead) return [];
      throw gitErrors.folderEntry(display, name, kindOf(entry), 'a directory');
    }
    // One that is called as a file is told as such.
    if (name.startsWith('.') || name.toLowerCase().endsWith(ending)) return [];
    if (isStrange(name)) throw strangeName(display, `${prefix}${name}`);
    return [{ path: `${prefix}${name}/`, oid: entry.oid, isRead }];
  });
}

/** Whatever they are, nobody follows or reads them. */
function namesOf(
  entries: readonly TreeEntry[],
  prefix: string,
  display: string,
  { ending }: FolderToRead,
): FoundFile[] {
  return entries.flatMap(entry => {
    const name = nameOf(entry);
    if (name.startsWith('.') || !name.toLowerCase().endsWith(ending)) return [];
    if (isStrange(name)) throw strangeName(display, `${prefix}${name}`);
    return [{ path: `${prefix}${name}` }];
  });
}

/** Git itself writes no such name; a tree that somebody made by hand may hold one. */
function isStrange(name: string): boolean {
  return /[/\\\p{Cc}]/u.test(name);
}

function strangeName(display: string, path: string) {
  return gitErrors.folderEntry(display, path, 'a strange name', 'a file');
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
    if (isStrange(name)) throw strangeName(display, path);
    if (entry.mode in kindsOfEntry) {
      throw gitErrors.folderEntry(display, path, kindOf(entry), 'a file');
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
