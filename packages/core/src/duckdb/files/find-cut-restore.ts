import { stat } from 'node:fs/promises';
import { backupPath, listBackups } from './backups';
import { findWals, isSameFile } from './database-path';
import type { DatabasePlace } from './database-path';

/**
 * Finds the trace of a restore over a database that did not open, killed between moving its WAL away and the rename: what
 * opens now is the database without its WAL, and the backup that was made of it has that. Once somebody has written it
 * since, it is a database of its own.
 *
 * @returns the id of that backup.
 */
export async function findCutRestore(
  place: DatabasePlace,
): Promise<string | undefined> {
  if ((await findWals(place.path)).length > 0) return undefined;
  for (const { id, isReplaced } of await listBackups(place)) {
    const path = backupPath(place, id);
    if (!isReplaced || !(await isSameFile(place.path, path))) continue;
    const [wal] = await findWals(path);
    if (wal !== undefined && (await isOlder(place.path, wal))) return id;
  }
  return undefined;
}

/** Whether a database was last written before its WAL was moved: a rename sets the time of the change. */
async function isOlder(database: string, wal: string): Promise<boolean> {
  const [written, moved] = await Promise.all(
    [database, wal].map(path => stat(path, { bigint: true })),
  );
  return written.mtimeNs <= moved.ctimeNs;
}
