import type { DatabaseBackup, DatabaseState } from './database-state';
import { migrateErrors } from './migrate-errors';

/**
 * The backup that is asked for. `latest` is the newest one that no restore made of what it replaced: a restore that is
 * run again must not undo itself.
 *
 * @throws DojoError MIGRATE_BACKUP_UNKNOWN.
 */
export function resolveBackup(
  { database, backups }: DatabaseState,
  asked: string,
): DatabaseBackup {
  const found = backups.find(({ id, isReplaced }) =>
    asked === 'latest' ? !isReplaced : id === asked,
  );
  if (found) return found;
  throw migrateErrors.backupUnknown(
    database,
    asked,
    backups.map(({ id }) => id),
  );
}
