import { readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { findLocal } from '../../local/local-root';
import type { LocalRoot } from '../../local/local-root';
import { withoutCredentials } from '../../text/without-credentials';
import { gitErrors } from '../git-errors';

export type { LocalRoot };

/**
 * The real path of a bare repository on this machine.
 *
 * @param display the repository as it was asked for, for messages.
 * @throws DojoError GIT_PATH_OUTSIDE_FORGE, GIT_REPOSITORY_NOT_FOUND, GIT_NOT_A_REPOSITORY, GIT_CHECKOUT.
 */
export async function verifyLocalRepository(
  path: string,
  root: LocalRoot,
  display: string,
): Promise<string> {
  const found = await findLocal(path, root);
  if (found.kind === 'outside') throw gitErrors.outsideRoot(display);
  if (found.kind === 'absent') throw gitErrors.notFound(display);
  return verifyBare(found.path, display);
}

/**
 * Folder of the repository's objects, where another repository may read them in place: it has its whole history, and
 * git's list of such folders, which has one a line, can name it. Else undefined, and objects are fetched.
 */
export async function borrowableObjects(
  repository: string,
): Promise<string | undefined> {
  const isShallow = await exists(join(repository, 'shallow'));
  const isNameable = !/[\r\n]/.test(repository);
  return isNameable && !isShallow ? join(repository, 'objects') : undefined;
}

/** Whether commits are missing here that the repository was cloned without. An empty list of them names none. */
export async function isShallowRepository(
  repository: string,
): Promise<boolean> {
  return stat(join(repository, 'shallow')).then(
    ({ size }) => size > 0,
    () => false,
  );
}

async function verifyBare(path: string, display: string): Promise<string> {
  if (await exists(join(path, '.git'))) {
    throw gitErrors.checkout(display, await originOf(join(path, '.git')));
  }
  if (!(await exists(join(path, 'HEAD')))) {
    throw gitErrors.notARepository(display);
  }
  if (path.endsWith(`${sep}.git`)) {
    throw gitErrors.checkout(display, await originOf(path));
  }
  return path;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The origin that a checkout names; a hint only, so the simple reading of git's configuration is enough. */
async function originOf(gitDir: string): Promise<string | undefined> {
  const config = await readFile(join(gitDir, 'config'), 'utf8').catch(() => '');
  const url = /\[remote "origin"\][^[]*?\n\s*url\s*=\s*(\S+)/.exec(config)?.[1];
  return url === undefined ? undefined : withoutCredentials(url);
}
