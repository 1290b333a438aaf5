import { stat } from 'node:fs/promises';
import { backupPath, listBackups } from './backups';
import { findWals, isSameFile } from './ledger-path';
import type { LedgerPlace } from './ledger-path';

/**
 * Finds the trace of a restore over a ledger that did not open, killed between moving its WAL away and the rename: what
 * opens now is the ledger without its WAL, and the backup that was made of it has that. Once somebody has written it
 * since, it is a ledger of its own.
 *
 * @returns the id of that backup.
 */
export async function findCutRestore(
  place: LedgerPlace,
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

/** Whether a ledger was last written before its WAL was moved: a rename sets the time of the change. */
async function isOlder(ledger: string, wal: string): Promise<boolean> {
  const [written, moved] = await Promise.all(
    [ledger, wal].map(path => stat(path, { bigint: true })),
  );
  return written.mtimeNs <= moved.ctimeNs;
}
