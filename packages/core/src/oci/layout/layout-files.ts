import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { layoutErrors } from './layout-errors';

/** A layout's folder: its real path, and the name by which people know it. */
export interface LayoutFolder {
  readonly path: string;
  readonly name: string;
}

/** Of a pipe that nobody writes, opening it to read would never end. */
const flags =
  constants.O_RDONLY |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of one file of a layout. Whoever wrote the layout cannot have another file read: no link is followed, in the
 * file's place or in that of a folder on the way.
 *
 * @param path below the layout, with forward slashes.
 * @returns undefined where it is not there.
 * @throws DojoError IMAGE_LAYOUT_INVALID where it is a link, no regular file, or larger than `maxBytes`.
 */
export async function readLayoutFile(
  layout: LayoutFolder,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const file = join(layout.path, path);
  const refuse = (problem: string) =>
    layoutErrors.invalid(layout.name, `${path} ${problem}`);
  if (!(await isFolderItself(dirname(file), refuse))) return undefined;
  const handle = await openItself(file, refuse);
  if (handle === undefined) return undefined;
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw refuse('is no regular file');
    if (stat.size > maxBytes) {
      throw refuse(`has ${stat.size} bytes, more than ${maxBytes}`);
    }
    return await readBytes(handle, stat.size);
  } finally {
    await handle.close();
  }
}

/** Whether a folder is there, and is where its path says. */
async function isFolderItself(
  folder: string,
  refuse: (problem: string) => Error,
): Promise<boolean> {
  let real: string;
  try {
    real = await realpath(folder);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  if (real !== folder) throw refuse('is reached by a link');
  return true;
}

async function openItself(
  file: string,
  refuse: (problem: string) => Error,
): Promise<FileHandle | undefined> {
  try {
    return await open(file, flags);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (isMissing(error)) return undefined;
    if (code === 'ELOOP' || code === 'EMLINK') throw refuse('is a link');
    throw refuse(`cannot be read (${message})`);
  }
}

/** As many as it had when it was opened: what grows meanwhile does not take more of our memory. */
async function readBytes(
  handle: FileHandle,
  size: number,
): Promise<Uint8Array> {
  const bytes = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, null);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
