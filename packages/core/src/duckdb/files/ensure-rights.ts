import { stat } from 'node:fs/promises';
import { duckdbErrors } from '../duckdb-errors';

const readAndWrite = 0o6;
const ofGroup = 3;

/**
 * Makes sure, before any work, that whoever could write the database can write its copy: one that another user makes
 * belongs to that user.
 *
 * @throws DojoError DATABASE_OWNER_LOST.
 */
export async function ensureRights(
  database: string,
  copy: string,
): Promise<void> {
  const [is, was] = await Promise.all([stat(copy), stat(database)]);
  if (is.uid === was.uid) return;
  const may = (shift: number) =>
    ((is.mode >> shift) & readAndWrite) === readAndWrite;
  if (may(0) || (is.gid === was.gid && may(ofGroup))) return;
  throw duckdbErrors.ownerLost(database, was.uid, is.uid);
}
