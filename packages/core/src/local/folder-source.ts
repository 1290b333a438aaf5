import { readFileSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { MigrationFile } from '../migrate/files/migration';
import type { MigrationSource } from '../migrate/ports';
import { localErrors } from './local-errors';

const cachesFolder = 'caches';

/** Migration files from a folder of this machine; its `caches/` may be missing. */
export function createFolderSource(folder: string): MigrationSource {
  const root = resolve(folder);
  return {
    display: root,
    read: async signal => {
      const names = await listSql(root);
      const caches = (await isFolder(join(root, cachesFolder)))
        ? await listSql(join(root, cachesFolder))
        : [];
      const paths = [
        ...names,
        ...caches.map(name => `${cachesFolder}/${name}`),
      ];
      signal.throwIfAborted();
      return paths.map(
        (path): MigrationFile => ({ path, bytes: readBytes(join(root, path)) }),
      );
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

async function listSql(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    (error: Error) => {
      throw localErrors.folderUnreadable(folder, error.message);
    },
  );
  return entries
    .filter(entry => /\.sql$/i.test(entry.name) && isFile(folder, entry))
    .map(entry => entry.name);
}

/** @throws DojoError MIGRATION_FILE_UNREADABLE for a pipe or a device: to read one may never end. */
function isFile(folder: string, entry: Dirent): boolean {
  if (entry.isFile() || entry.isDirectory()) return entry.isFile();
  const path = join(folder, entry.name);
  const found = statOf(path);
  if (found.isFile() || found.isDirectory()) return found.isFile();
  throw localErrors.fileUnreadable(path, 'it is no regular file');
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw localErrors.fileUnreadable(path, (error as Error).message);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // What cannot be looked at is not read either.
    return false;
  }
}
