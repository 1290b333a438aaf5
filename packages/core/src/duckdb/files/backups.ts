import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseBackup } from '../../migrate/database-state';
import { parseBackupId } from '../../migrate/backup-id';
import { findWals, stating } from './database-path';
import type { DatabasePlace } from './database-path';

/** Backups beside the database, newest first. What only has the name of one is none, nor is a link. */
export async function listBackups(
  place: DatabasePlace,
): Promise<DatabaseBackup[]> {
  const prefix = `${place.name}.bak.`;
  const names = await readdir(place.folder);
  const found = names
    .filter(name => name.startsWith(prefix))
    .sort()
    .reverse()
    .flatMap(name => {
      const id = name.slice(prefix.length);
      const facts = parseBackupId(id);
      return facts ? [{ id, ...facts }] : [];
    });
  const sized = await Promise.all(
    found.map(async backup => {
      const path = backupPath(place, backup.id);
      // Gone since it was listed: a run removes those that it does not keep.
      const file = await stating(() => lstat(path));
      return file?.isFile() ? [{ ...backup, bytes: file.size }] : [];
    }),
  );
  return sized.flat();
}

/** Where a backup is. */
export function backupPath(place: DatabasePlace, id: string): string {
  return join(place.folder, `${place.name}.bak.${id}`);
}

/**
 * Removes all but the newest of each kind: those that a restore made of what it replaced never push the others out.
 * @param restored id of the backup that was just put back: it stays, so that the restore can be run again.
 */
export async function pruneBackups(
  place: DatabasePlace,
  keep: number,
  restored?: string,
): Promise<void> {
  const all = await listBackups(place);
  const old = [true, false].flatMap(kind =>
    all.filter(({ isReplaced }) => isReplaced === kind).slice(keep),
  );
  for (const { id } of old.filter(backup => backup.id !== restored)) {
    const path = backupPath(place, id);
    for (const file of [path, ...(await findWals(path))]) {
      // One that is kept from being removed does not undo what is done: it stays.
      await rm(file, { force: true }).catch(() => undefined);
    }
  }
}
