import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hostMark, isOwnerAlive, noteOwner, ownerMark } from './run-owner';

/** A folder for the length of one run, which its user alone may read. */
export interface TemporaryFolder {
  readonly path: string;
  dispose(): Promise<void>;
}

/**
 * Makes a folder whose name says whose it is, `<prefix><host>-<pid>-…`, and removes those of this prefix that belong to
 * runs that died on this host.
 */
export async function createTemporaryFolder(
  root: string,
  prefix: string,
): Promise<TemporaryFolder> {
  await mkdir(root, { recursive: true });
  await removeAbandoned(root, prefix);
  const path = await mkdtemp(join(root, `${prefix}${ownerMark()}-`));
  await noteOwner(path);
  return {
    path,
    dispose: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function removeAbandoned(root: string, prefix: string): Promise<void> {
  const own = `${prefix}${hostMark()}-`;
  for (const name of await readdir(root)) {
    if (!name.startsWith(own)) continue;
    const path = join(root, name);
    const pid = /^(\d+)-/.exec(name.slice(own.length))?.[1];
    if (pid !== undefined && !(await isOwnerAlive(path, Number(pid)))) {
      await rm(path, { recursive: true, force: true }).catch(
        // Another run removes it at this moment, or it is another user's.
        () => undefined,
      );
    }
  }
}
