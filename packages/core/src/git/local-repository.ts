import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { gitErrors } from './git-errors';
import { withoutCredentials } from '../text/without-credentials';

/** Where local repositories may be. */
export type LocalRoot =
  /** Only below this folder, symbolic links resolved; relative names begin there. */
  | { readonly kind: 'below'; readonly path: string }
  /** Anywhere; relative names begin at `cwd`. */
  | { readonly kind: 'anywhere'; readonly cwd: string };

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
  if (root.kind === 'below') {
    // What is outside is not even looked at, so that nobody learns what exists there.
    const top = (await realPathOf(root.path)) ?? root.path;
    if (!isBelow(path, root.path) && !isBelow(path, top)) {
      throw gitErrors.outsideRoot(display);
    }
    const real = await realPathOf(path);
    if (real === undefined) throw gitErrors.notFound(display);
    if (!isBelow(real, top)) throw gitErrors.outsideRoot(display);
    return verifyBare(real, display);
  }
  const real = await realPathOf(path);
  if (real === undefined) throw gitErrors.notFound(display);
  return verifyBare(real, display);
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

function isBelow(path: string, root: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}

async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') {
      return undefined;
    }
    throw error;
  }
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
