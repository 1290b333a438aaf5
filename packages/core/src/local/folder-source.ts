import { readFileSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FolderFile } from '../repository/repository-data';
import { localErrors } from './local-errors';

/** The files of a folder, whoever reads them. */
export interface FolderSource {
  /** For messages. */
  readonly display: string;
  read(signal: AbortSignal): Promise<readonly FolderFile[]>;
}

/** Where no file of ours can be there is nothing to read: a file there is refused by its name. */
const unread = new Uint8Array();

/**
 * Migration files from a folder of this machine; its `caches/` may be missing. A `.sql` file in any other folder below is
 * given too, without its bytes, so that it is not left out in silence. What is hidden (`._0001_core.sql` of macOS, the
 * folders behind a ConfigMap's links) is left alone.
 */
export function createFolderSource(folder: string): FolderSource {
  const root = resolve(folder);
  return {
    display: root,
    read: async signal => {
      const found: FolderFile[] = [];
      for (const path of await listSql(root, '', new Set(), signal)) {
        const isOurs = /^(?:caches\/)?[^/]+$/.test(path);
        const bytes = isOurs ? readBytes(join(root, path)) : unread;
        found.push({ path, bytes });
      }
      return found;
    },
  };
}

/**
 * Small files, many of them: in a row they take a quarter of what they take over the thread pool, and as text, which
 * Node reads in one call, half of that. What is not UTF-8 has no text to be made of again.
 */
function readBytes(path: string): Uint8Array {
  try {
    const text = readFileSync(path, 'utf8');
    return text.includes('\uFFFD') ? readFileSync(path) : Buffer.from(text);
  } catch (error) {
    throw localErrors.fileUnreadable(path, (error as Error).message);
  }
}

/**
 * Paths of what ends in `.sql`, of a folder and what is below it.
 *
 * @param seen folders that were listed, by their real path: links may lead round in a circle.
 */
async function listSql(
  root: string,
  below: string,
  seen: Set<string>,
  signal: AbortSignal,
): Promise<string[]> {
  signal.throwIfAborted();
  const folder = join(root, below);
  const real = await realpath(folder).catch(() => folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    (error: Error) => {
      throw localErrors.folderUnreadable(folder, error.message);
    },
  );
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of entries) {
    const kind = kindOf(folder, entry);
    if (kind === 'sql') files.push(`${below}${entry.name}`);
    if (kind === 'folder') folders.push(`${below}${entry.name}/`);
  }
  const nested: string[] = [];
  for (const one of folders) {
    nested.push(...(await listSql(root, one, seen, signal)));
  }
  return [...files, ...nested];
}

/** @throws DojoError MIGRATION_FILE_UNREADABLE for a pipe or a device: to read one may never end. */
function kindOf(folder: string, entry: Dirent): 'sql' | 'folder' | 'other' {
  if (entry.name.startsWith('.')) return 'other';
  if (entry.isDirectory()) return 'folder';
  const isSql = /\.sql$/i.test(entry.name);
  if (entry.isFile()) return isSql ? 'sql' : 'other';
  const path = join(folder, entry.name);
  const found = isSql ? statOf(path) : statOfOther(path);
  if (found?.isDirectory()) return 'folder';
  if (!isSql) return 'other';
  if (found?.isFile()) return 'sql';
  throw localErrors.fileUnreadable(path, 'it is no regular file');
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw localErrors.fileUnreadable(path, (error as Error).message);
  }
}

/** Undefined: a link to nothing, which is no file of ours. */
function statOfOther(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
