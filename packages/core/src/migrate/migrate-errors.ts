import { DojoError, sentenceOfFinding } from 'backstage-plugin-dojo-common';
import type { MigrationFinding } from 'backstage-plugin-dojo-common';

/** The error catalogue of the migrate engine: one function per code. */

/** No backup of that name, or none that `latest` means. `existing`: ids of all that there are, newest first. */
export function backupUnknown(
  database: string,
  backup: string,
  existing: readonly string[],
): DojoError {
  return new DojoError({
    code: 'MIGRATE_BACKUP_UNKNOWN',
    kind: 'not-found',
    message: unknownBackup(database, backup, existing),
    hint:
      existing.length === 0
        ? 'A backup is made by every run that changes the database, and kept beside it.'
        : 'Name one of them by its id.',
  });
}

function unknownBackup(
  database: string,
  backup: string,
  existing: readonly string[],
): string {
  if (existing.length === 0) {
    return `${database} has no backups, so ${backup} cannot be put back`;
  }
  const ids = existing.join(', ');
  return backup === 'latest'
    ? `${database} has only backups of what restores replaced, which latest does not mean: ${ids}`
    : `${database} has no backup ${backup}; it has ${ids}`;
}

/** Findings that end the run before anything is touched: the first one speaks, under its own code. */
export function findingsRefuse(
  first: MigrationFinding,
  more: number,
): DojoError {
  const others =
    more === 0 ? '' : ` (and ${more} more ${more === 1 ? 'error' : 'errors'})`;
  return new DojoError({
    code: first.code,
    kind: first.code === 'MIGRATIONS_NONE' ? 'not-found' : 'refused',
    message: `${sentenceOfFinding(first)}${others}`,
    hint:
      [
        ...(first.hint === undefined ? [] : [first.hint]),
        ...(more === 0 ? [] : ['dojo migrate --check lists them all.']),
      ].join(' ') || 'dojo migrate --check lists what is wrong.',
  });
}

/** Caches to rebuild in a database that does not exist. */
export function databaseMissing(database: string): DojoError {
  return new DojoError({
    code: 'MIGRATE_DATABASE_MISSING',
    kind: 'not-found',
    message: `${database} does not exist, so its caches cannot be rebuilt`,
    hint: 'Correct the path, or migrate first: that makes it.',
  });
}
