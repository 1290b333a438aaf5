import { link, stat, statfs, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { duckdbErrors } from '../duckdb-errors';
import { findWals } from './database-path';
import type { DatabasePlace } from './database-path';
import type { PrivateCopy } from './private-copy';

/** Beside the copy itself: what it grows by, and what is little. */
const growth = 1.2;
const leastSpace = 1024 * 1024;

/**
 * Makes sure that there is room for the copy and, where the volume takes no links, for the backup, which is then a copy
 * too.
 *
 * @param copied the file that is copied: the database, or a backup.
 * @throws DojoError DATABASE_NO_SPACE, before a byte of either is written.
 */
export async function ensureSpace(
  { path, folder, exists }: DatabasePlace,
  copy: Pick<PrivateCopy, 'folder'>,
  copied: string,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const wal = await bytesOf(await findWals(copied));
  const bytes = await sizeOf(copied);
  const forCopy = Math.ceil((bytes + wal) * growth) + wal + leastSpace;
  const isLinked = !exists || (await takesLinks(copy.folder));
  const forBackup = isLinked
    ? 0
    : (await sizeOf(path)) + (await bytesOf(await findWals(path)));
  const needed = forCopy + forBackup;
  const free = bavail * bsize;
  if (free < needed) throw duckdbErrors.noSpace(path, needed, free, forBackup);
}

/** Sum of the sizes of files. */
export async function bytesOf(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += (await stat(path)).size;
  return bytes;
}

/** Whoever needs it that is not there will say so. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}

/** Asked with a file of our own: a link of the database would touch it. Where that cannot be known, it takes none. */
async function takesLinks(folder: string): Promise<boolean> {
  const file = join(folder, 'link');
  const other = join(folder, 'linked');
  try {
    await writeFile(file, '', { flag: 'wx' });
    await link(file, other);
    return true;
  } catch {
    return false;
  } finally {
    for (const made of [file, other]) await unlink(made).catch(() => undefined);
  }
}
