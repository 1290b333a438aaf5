import { stat } from 'node:fs/promises';
import type { DatabaseBackup } from '../../migrate/database-state';
import { backupPath } from './backups';
import { findWals, isSameFile } from './database-path';
import type { DatabasePlace } from './database-path';
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
 * Tells of each backup whether the database is that very one now: the same file, as a run leaves it that was killed
 * before its rename, or the same bytes with no commits outside of them. What cannot be compared is not the same.
 *
 * @throws the signal's reason where it was aborted.
 */
export async function markDatabase(
  place: DatabasePlace,
  backups: readonly DatabaseBackup[],
  signal: AbortSignal,
): Promise<DatabaseBackup[]> {
  const marked: DatabaseBackup[] = [];
  for (const backup of backups) {
    const isDatabase =
      place.exists &&
      (await isSame(place.path, backupPath(place, backup.id), signal));
    marked.push({ ...backup, isDatabase });
  }
  return marked;
}

async function isSame(
  database: string,
  backup: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (await isSameFile(database, backup)) return true;
  const [left, right] = await Promise.all(
    [database, backup].map(at => stat(at)),
  );
  if (left.size !== right.size) return false;
  const wals = await Promise.all([database, backup].map(findWals));
  if (wals.flat().length > 0) return false;
  const { code } = await runChild(
    process.execPath,
    ['-e', compareFiles, '--', database, backup],
    signal,
  );
  return code === 0;
}
