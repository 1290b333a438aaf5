import { lstat, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { duckdbErrors } from '../duckdb-errors';
import { stating } from './database-path';

/**
 * Makes sure that no part of a path below a folder is a link: two paths that somebody told apart are then two files.
 *
 * @param fixed the folder; how it is reached itself does not matter.
 * @throws DojoError DATABASE_LINK_REFUSED.
 */
export async function ensureNoLinks(
  database: string,
  fixed: string,
): Promise<void> {
  const asked = resolve(database);
  const root = resolve(fixed);
  const below = relative(root, asked);
  if (below === '' || below.split(sep)[0] === '..') {
    throw duckdbErrors.linkRefused(asked, asked, root);
  }
  const parts = below.split(sep);
  for (const count of parts.keys()) {
    const at = join(root, ...parts.slice(0, count + 1));
    const found = await stating(() => lstat(at));
    if (found === undefined) return;
    if (found.isSymbolicLink()) throw duckdbErrors.linkRefused(asked, at, root);
  }
  // What the parts do not tell, the whole does.
  const [real, realRoot] = await Promise.all([realpath(asked), realpath(root)]);
  if (real !== join(realRoot, below)) {
    throw duckdbErrors.linkRefused(asked, asked, root);
  }
}
