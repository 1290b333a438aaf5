import {
  DojoError,
  isDojoError,
  sentenceOfFinding,
} from 'backstage-plugin-dojo-common';
import type { MigrationFinding } from 'backstage-plugin-dojo-common';

/** Of what the files do: the database had nothing to do with it. */
const ofFiles: ReadonlySet<string> = new Set([
  'MIGRATION_STATEMENT_FAILED',
  'MIGRATION_COMMIT_FAILED',
  'MIGRATION_CONSTRAINT_BROKEN',
  'MIGRATION_ASSERT_FAILED',
]);

/** The errors of the migrate engine, one for each code. */
export const migrateErrors = {
  /** No backup of that name, or none that `latest` means. `existing`: ids of all that there are, newest first. */
  backupUnknown: (
    database: string,
    backup: string,
    existing: readonly string[],
  ) =>
    new DojoError({
      code: 'MIGRATE_BACKUP_UNKNOWN',
      kind: 'not-found',
      message: unknownBackup(database, backup, existing),
      hint:
        existing.length === 0
          ? 'A backup is made by every run that changes the database, and kept beside it.'
          : 'Name one of them by its id.',
    }),
  /** Findings that end the run before anything is touched: the first one speaks, under its own code. */
  findingsRefuse: (first: MigrationFinding, more: number) => {
    const others =
      more === 0
        ? ''
        : ` (and ${more} more ${more === 1 ? 'error' : 'errors'})`;
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
  },
  /** Somebody wrote it while its schema was compared. */
  changed: (database: string) =>
    new DojoError({
      code: 'DATABASE_CHANGED',
      kind: 'conflict',
      message: `${database} was changed by somebody else while its schema was compared; nothing was changed by this run`,
      hint: 'Run it again; stop what writes the database where it happens again.',
    }),
  /** Caches to rebuild in a database that does not exist. */
  databaseMissing: (database: string) =>
    new DojoError({
      code: 'MIGRATE_DATABASE_MISSING',
      kind: 'not-found',
      message: `${database} does not exist, so its caches cannot be rebuilt`,
      hint: 'Correct the path, or migrate first: that makes it.',
    }),
  /** A migration that failed, with where the database still is; any other failure as it is. `level`: absent, there is none. */
  leftUnchanged: (error: unknown, level: string | undefined): unknown => {
    if (!isDojoError(error) || !ofFiles.has(error.code)) return error;
    const { message, hint } = error;
    const at =
      level === undefined ? '' : `, at ${/^\d+/.exec(level)?.[0] ?? level}`;
    return new DojoError({
      code: error.code,
      kind: error.kind,
      message: `${message.replace(/\.$/, '')}. The database is unchanged${at}.`,
      ...(hint !== undefined && { hint }),
      cause: error,
    });
  },
};

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
