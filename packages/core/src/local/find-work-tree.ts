import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The root of the git work tree that a folder is in. Undefined: it is in none.
 *
 * @param folder its real path.
 */
export async function findWorkTree(
  folder: string,
): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    // Of a worktree it is a file.
    const isRoot = await lstat(join(at, '.git')).then(
      () => true,
      () => false,
    );
    if (isRoot) return at;
    if (dirname(at) === at) return undefined;
  }
}
