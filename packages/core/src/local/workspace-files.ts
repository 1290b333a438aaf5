import { constants } from 'node:fs';
import { open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { localErrors } from './local-errors';

/** A file of a folder that becomes a repository. */
export interface WorkspaceFile {
  /** Below the folder, with forward slashes. */
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly bytes: Buffer;
}

/** What is read of a folder, at most. */
export interface WorkspaceLimits {
  readonly maxFiles: number;
  /** Bytes of all files together. */
  readonly maxBytes: number;
}

const executable = 0o100;
const flags =
  constants.O_RDONLY |
  (constants.O_NOFOLLOW ?? 0) |
  // Of a pipe that nobody writes, opening it to read would never end.
  (constants.O_NONBLOCK ?? 0);

/**
 * All files of a folder, sorted by path. No link is followed, and what is no regular file ends the reading: a repository
 * made of it would hold what somebody else put there.
 *
 * @throws DojoError SERVICE_FILES_REFUSED for links, devices, pipes, sockets and a `.git`; SERVICE_FILES_TOO_LARGE.
 */
export async function readWorkspace(
  folder: string,
  limits: WorkspaceLimits,
  signal: AbortSignal,
): Promise<WorkspaceFile[]> {
  const files: WorkspaceFile[] = [];
  const waiting = [''];
  let entries = 0;
  let bytes = 0;
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for await (const entry of await opendir(join(folder, below))) {
      signal.throwIfAborted();
      entries += 1;
      if (entries > limits.maxFiles) {
        throw localErrors.tooManyFiles(limits.maxFiles);
      }
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (/^\.git$/i.test(entry.name) || /[\\\p{Cc}]/u.test(entry.name)) {
        throw localErrors.refused(path, 'a name that git keeps');
      }
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) {
        const file = await readItself(folder, path, limits.maxBytes - bytes);
        if (file === undefined) throw localErrors.tooManyBytes(limits.maxBytes);
        bytes += file.bytes.length;
        files.push(file);
      } else {
        throw localErrors.refused(
          path,
          entry.isSymbolicLink() ? 'a link' : 'no regular file',
        );
      }
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @returns undefined where it is larger than there is room for. */
async function readItself(
  folder: string,
  path: string,
  room: number,
): Promise<WorkspaceFile | undefined> {
  const file = await open(join(folder, path), flags).catch(error => {
    // Put in the place of the file since the folder was listed.
    if (error.code === 'ELOOP') throw localErrors.refused(path, 'a link');
    throw error;
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw localErrors.refused(path, 'no regular file');
    if (stats.size > room) return undefined;
    const bytes = await file.readFile();
    if (bytes.length > room) return undefined;
    const isProgram = (stats.mode & executable) !== 0;
    return { path, mode: isProgram ? '100755' : '100644', bytes };
  } finally {
    await file.close();
  }
}
