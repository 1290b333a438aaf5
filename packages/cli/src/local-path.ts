import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path that a path, or a `file:` URL, names; a relative one begins at `cwd`. */
export function localPath(written: string, cwd: string): string {
  return /^file:\/\//i.test(written)
    ? fileURLToPath(written)
    : resolve(cwd, written);
}
