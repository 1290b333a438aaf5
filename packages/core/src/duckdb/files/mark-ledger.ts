import { stat } from 'node:fs/promises';
import type { LedgerBackup } from '../../migrate/ledger-state';
import { backupPath } from './backups';
import { findWals, isSameFile } from './ledger-path';
import type { LedgerPlace } from './ledger-path';
import { runChild } from '../run-child';

/** Exit code 0: both files hold the same. Arguments: the two. */
const compareFiles = `
const fs = require('node:fs');
const [left, right] = process.argv.slice(1).map(file => ({
  descriptor: fs.openSync(file, 'r'),
  bytes: Buffer.alloc(1024 * 1024),
}));
const read = ({ descriptor, bytes }) =>
  bytes.subarray(0, fs.readSync(descriptor, bytes));
for (;;) {
  const bytes = read(left);
  if (!bytes.equals(read(right))) process.exit(1);
  if (bytes.length === 0) process.exit(0);
}`;

/**
 * Tells of each backup whether the ledger is that very one now: the same file, as a run leaves it that was killed
 * before its rename, or the same bytes with no commits outside of them. What cannot be compared is not the same.
 *
 * @throws the signal's reason where it was aborted.
 */
export async function markLedger(
  place: LedgerPlace,
  backups: readonly LedgerBackup[],
  signal: AbortSignal,
): Promise<LedgerBackup[]> {
  const marked: LedgerBackup[] = [];
  for (const backup of backups) {
    const isLedger =
      place.exists &&
      (await isSame(place.path, backupPath(place, backup.id), signal));
    marked.push({ ...backup, isLedger });
  }
  return marked;
}

async function isSame(
  ledger: string,
  backup: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (await isSameFile(ledger, backup)) return true;
  const [left, right] = await Promise.all([ledger, backup].map(at => stat(at)));
  if (left.size !== right.size) return false;
  const wals = await Promise.all([ledger, backup].map(findWals));
  if (wals.flat().length > 0) return false;
  const { code } = await runChild(
    process.execPath,
    ['-e', compareFiles, '--', ledger, backup],
    signal,
  );
  return code === 0;
}
