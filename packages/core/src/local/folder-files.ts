import { lstat, readFile, readdir } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import type { FileSource } from '../repository/file-source';
import { localErrors } from './local-errors';

/** Bytes of one file. */
const maxBytes = 8 * 1024 * 1024;
/** Files that are listed. */
const maxFiles = 20_000;

/**
 * The files of a folder of this machine, as an overlay may read them. No link is followed, on no part of a path below the
 * folder, so that nothing is read outside it.
 *
 * @param root its real path.
 */
export function createFolderFiles(root: string): FileSource {
  const folders = new Map<string, Promise<boolean>>();
  const isFolder = (path: string): Promise<boolean> => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const found = lookUp(root, path, isFolder).then(
      stats => stats?.isDirectory() ?? false,
    );
    folders.set(path, found);
    return found;
  };
  return {
    readFiles: async (paths, signal) => {
      const texts: (string | undefined)[] = [];
      // In a row: they are few and small, and no more of them are open than one.
      for (const path of paths) {
        signal.throwIfAborted();
        const stats = await lookUp(root, path, isFolder);
        texts.push(
          stats === undefined || stats.isDirectory()
            ? undefined
            : await readText(join(root, path), stats),
        );
      }
      return texts;
    },
    listFiles: async (folder, signal) => {
      const found: string[] = [];
      if (folder === '' || (await isFolder(folder))) {
        await list(root, folder, found, signal);
      }
      return found;
    },
  };
}

/** Undefined: it is not there. @throws DojoError KUSTOMIZATION_FILE_UNREADABLE for a link. */
async function lookUp(
  root: string,
  path: string,
  isFolder: (path: string) => Promise<boolean>,
): Promise<Stats | undefined> {
  const above = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if (above !== '' && !(await isFolder(above))) return undefined;
  const place = join(root, path);
  try {
    const stats = await lstat(place);
    if (stats.isSymbolicLink()) throw localErrors.unreadable(place, 'a link');
    return stats;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function readText(place: string, stats: Stats): Promise<string> {
  if (!stats.isFile()) throw localErrors.unreadable(place, 'no regular file');
  if (stats.size > maxBytes) {
    throw localErrors.unreadable(place, `larger than ${maxBytes} bytes`);
  }
  const bytes = await readFile(place);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    throw localErrors.unreadable(place, 'no UTF-8 text');
  }
}

async function list(
  root: string,
  folder: string,
  found: string[],
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  for (const entry of await readdir(join(root, folder), {
    withFileTypes: true,
  })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) await list(root, path, found, signal);
    else found.push(path);
    if (found.length > maxFiles) {
      throw localErrors.unreadable(
        join(root, folder),
        `a folder of more than ${maxFiles} files`,
      );
    }
  }
}
