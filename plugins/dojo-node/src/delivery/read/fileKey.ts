import { lstat } from 'node:fs/promises';

/** As DuckDB names what it has not folded into a file yet. */
const walSuffix = '.wal';
/** That nothing can be there. */
const none = 'none';
/** The key where there is neither a file nor a WAL. */
export const noFile = `${none} ${none}`;
const absentCodes = new Set(['ENOENT', 'ENOTDIR']);

/**
 * What a database is known by: device, inode, size and time of its file and of the WAL beside it. Equal keys, equal content,
 * as far as a file system tells.
 *
 * @throws what the file system says, but that there is no file.
 */
export async function fileKey(path: string): Promise<string> {
  const parts = await Promise.all([path, `${path}${walSuffix}`].map(keyOf));
  return parts.join(' ');
}

async function keyOf(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs } = await lstat(path, { bigint: true });
    return [dev, ino, size, mtimeNs].join(':');
  } catch (error) {
    if (absentCodes.has((error as NodeJS.ErrnoException).code ?? '')) {
      return none;
    }
    throw error;
  }
}
