import { readFile, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { MigrationFile } from '../migrate/migration';
import type { MigrationSource } from '../migrate/ports';
import { duckdbErrors } from './duckdb-errors';

const cachesFolder = 'caches';
/** Files that are read at a time. */
const together = 64;

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
      const files: MigrationFile[] = [];
      for (let at = 0; at < paths.length; at += together) {
        signal.throwIfAborted();
        files.push(
          ...(await Promise.all(
            paths.slice(at, at + together).map(async path => ({
              path,
              bytes: await readFile(join(root, path)),
            })),
          )),
        );
      }
      return files;
    },
  };
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
