import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectFormat } from '../objects/git-objects';
import { createTemporaryFolder } from '../../local/temporary-folder';

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
  const folder = await createTemporaryFolder(root, prefix);
  const gitDir = join(folder.path, 'repository.git');
  return {
    folder: folder.path,
    gitDir,
    create: (format, borrowed) =>
      writeEmptyRepository(gitDir, format, borrowed),
    dispose: () => folder.dispose(),
  };
}

/** What `git init --bare` writes that git needs; saves a process. */
export async function writeEmptyRepository(
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
