import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cliErrors } from '../cli-errors';

/**
 * The absolute path that a path, or a `file:` URL, names; a relative one begins at `cwd`, also as a URL
 * (`file:ledger.duckdb`, as of a repository).
 *
 * @throws DojoError INPUT_INVALID for an empty one, as of a variable that is not set, and for a URL of another machine.
 */
export function localPath(written: string, cwd: string): string {
  if (written === '') throw cliErrors.pathInvalid(written, 'it is empty');
  if (!/^file:/i.test(written)) return resolve(cwd, written);
  // The system's calls end there.
  if (written.includes('%00')) {
    throw cliErrors.pathInvalid(written, 'it holds a NUL');
  }
  try {
    return fileURLToPath(new URL(written, pathToFileURL(`${cwd}/`)));
  } catch (error) {
    throw cliErrors.pathInvalid(written, (error as Error).message);
  }
}
