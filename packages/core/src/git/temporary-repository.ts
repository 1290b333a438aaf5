import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { ObjectFormat } from './git-objects';

const prefix = 'dojo-git-';

/** A bare repository for the length of one run; its folder's name says whose it is: `dojo-git-<host>-<pid>-…`. */
export interface TemporaryRepository {
  /** An empty folder beside the repository: where git finds none. */
  readonly folder: string;
  readonly gitDir: string;
  /**
   * Makes the repository, once it is known how the remote names its objects.
   * @param borrowed objects folder of another repository, read in place.
   */
  create(format: ObjectFormat, borrowed?: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Makes the folder of a temporary repository, and removes those of runs that died on this host. */
export async function createTemporaryRepository(
  root: string,
): Promise<TemporaryRepository> {
  await mkdir(root, { recursive: true });
  await removeAbandoned(root);
  const folder = await mkdtemp(
    join(root, `${prefix}${hostPart()}-${process.pid}-`),
  );
  const gitDir = join(folder, 'repository.git');
  return {
    folder,
    gitDir,
    create: (format, borrowed) =>
      writeEmptyRepository(gitDir, format, borrowed),
    dispose: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** What `git init --bare` writes that git needs; saves a process. */
async function writeEmptyRepository(
  gitDir: string,
  format: ObjectFormat,
  borrowed: string | undefined,
): Promise<void> {
  await mkdir(join(gitDir, 'refs'), { recursive: true });
  await mkdir(join(gitDir, 'objects', 'info'), { recursive: true });
  if (borrowed !== undefined) {
    const alternates = join(gitDir, 'objects', 'info', 'alternates');
    await writeFile(alternates, `${borrowed}\n`);
  }
  await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n');
  const config =
    format === 'sha1'
      ? '[core]\n\trepositoryformatversion = 0\n\tbare = true\n'
      : '[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n';
  await writeFile(join(gitDir, 'config'), config);
}

async function removeAbandoned(root: string): Promise<void> {
  const own = new RegExp(`^${prefix}${hostPart()}-(\\d+)-`);
  for (const name of await readdir(root)) {
    const pid = own.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(root, name), { recursive: true, force: true }).catch(
        // Another run removes it at this moment, or it is another user's.
        () => undefined,
      );
    }
  }
}

/** Process ids mean something on one host only, and the folder may be shared. */
function hostPart(): string {
  return hostname().replace(/[^A-Za-z0-9]/g, '') || 'host';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
