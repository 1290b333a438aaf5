import type { MigrationRequest } from 'backstage-plugin-dojo-common';
import type { DatabaseState } from './database-state';
import type { MigrationSet, SqlFile } from './files/migration';
import { pendingMigrations } from './preflight';

/** The files that may run, and in whose text nothing is wrong that would keep DuckDB from reading it. */
export function parsedFiles(
  operation: MigrationRequest['operation'],
  state: Pick<DatabaseState, 'file'> | undefined,
  set: MigrationSet,
): SqlFile[] {
  const migrations =
    operation === 'migrate' ? pendingMigrations(state, set) : [];
  return [...migrations, ...set.caches].filter(
    ({ findings }) => findings.length === 0,
  );
}
