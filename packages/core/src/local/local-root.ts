import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

/** Where local repositories, of git or of images, may be. */
export type LocalRoot =
  /** Only below this folder, symbolic links resolved; relative names begin there. */
  | { readonly kind: 'below'; readonly path: string }
  /** Anywhere; relative names begin at `cwd`. */
  | { readonly kind: 'anywhere'; readonly cwd: string };

/** What {@link findLocal} found. */
export type LocalPlace =
  /** `path`: the real one. */
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'outside' };

/**
 * The real path of what a local name means. What is outside of the root is not even looked at, so that nobody learns what
 * exists there.
 */
export async function findLocal(
  name: string,
  root: LocalRoot,
): Promise<LocalPlace> {
  if (root.kind === 'anywhere') {
    const real = await realPathOf(resolve(root.cwd, name));
    return real === undefined
      ? { kind: 'absent' }
      : { kind: 'found', path: real };
  }
  const path = resolve(root.path, name);
  const top = (await realPathOf(root.path)) ?? root.path;
  if (!isBelow(path, root.path) && !isBelow(path, top)) {
    return { kind: 'outside' };
  }
  const real = await realPathOf(path);
  if (real === undefined) return { kind: 'absent' };
  return isBelow(real, top)
    ? { kind: 'found', path: real }
    : { kind: 'outside' };
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
