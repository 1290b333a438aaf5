import { readFile, stat } from 'node:fs/promises';
import { duckdbErrors } from '../duckdb-errors';
import type { DatabasePlace } from './database-path';

const mounts = '/proc/self/mountinfo';
/** Fifth of the fields of a line. */
const mountPoint = 4;

/**
 * Makes sure, before any work, that a rename can put another file in the database's place: it cannot where the file
 * itself is a mount (`docker -v ledger.duckdb:/data/ledger.duckdb`, a subPath of a volume).
 *
 * @throws DojoError DATABASE_NOT_REPLACEABLE.
 */
export async function ensureReplaceable(place: DatabasePlace): Promise<void> {
  const { path, folder, exists } = place;
  if (!exists) return;
  const [file, around] = await Promise.all([stat(path), stat(folder)]);
  if (file.dev !== around.dev || (await isMountPoint(path))) {
    throw duckdbErrors.notReplaceable(path, 'the file itself is a mount');
  }
}

/** A file of the same volume may be mounted too, of which only the system knows; where it does not tell, the rename will. */
async function isMountPoint(path: string): Promise<boolean> {
  const lines = await readFile(mounts, 'utf8').catch(() => '');
  return lines
    .split('\n')
    .some(line => unescaped(line.split(' ')[mountPoint] ?? '') === path);
}

/** Blanks, tabs, line ends and backslashes are written as `\040`. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(parseInt(octal, 8)),
  );
}
