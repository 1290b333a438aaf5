import { backupPath, listBackups } from './backups';
import { findWals, isSameFile } from './ledger-path';
import type { LedgerPlace } from './ledger-path';

/**
 * Finds the trace of a restore over a ledger that did not open, killed between moving its WAL away and the rename: what
 * opens now is the ledger without its WAL, and the backup that was made of it has that.
 *
 * @returns the id of that backup.
 */
export async function findCutRestore(
  place: LedgerPlace,
): Promise<string | undefined> {
  if ((await findWals(place.path)).length > 0) return undefined;
  for (const { id, isReplaced } of await listBackups(place)) {
    const path = backupPath(place, id);
    if (
      isReplaced &&
      (await isSameFile(place.path, path)) &&
      (await findWals(path)).length > 0
    ) {
      return id;
    }
  }
  return undefined;
}
