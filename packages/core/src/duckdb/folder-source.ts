import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { MigrationFile } from '../migrate/migration';
import type { MigrationSource } from '../migrate/ports';
import { duckdbErrors } from './duckdb-errors';

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
  const text = readFileSync(path, 'utf8');
  return text.includes('\uFFFD') ? readFileSync(path) : Buffer.from(text);
}

async function listSql(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter(entry => !entry.isDirectory() && /\.sql$/i.test(entry.name))
      .map(entry => entry.name);
  } catch (error) {
    throw duckdbErrors.folderUnreadable(folder, (error as Error).message);
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
