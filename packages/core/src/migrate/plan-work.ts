import type {
  MigrationPlan,
  MigrationRequest,
} from 'backstage-plugin-dojo-common';
import type { DatabaseState } from './database-state';
import type { MigrationSet, SqlFile } from './files/migration';
import { migrateErrors } from './migrate-errors';
import { pendingMigrations } from './preflight';
import { resolveBackup } from './resolve-backup';

/** What a plan runs. */
export interface PlannedWork {
  readonly kind: MigrationPlan['kind'];
  readonly migrations: readonly SqlFile[];
  readonly caches: readonly SqlFile[];
  readonly backup?: string;
}

/**
 * Chooses what a request comes to.
 *
 * @throws DojoError MIGRATE_BACKUP_UNKNOWN, MIGRATE_DATABASE_MISSING.
 */
export function planWork(
  state: DatabaseState,
  request: MigrationRequest,
  set: MigrationSet,
): PlannedWork {
  const { operation } = request;
  switch (operation) {
    case 'restore': {
      const backup = resolveBackup(state, request.backup ?? 'latest');
      // One that does not open is not what anybody wants to have, also where the backup is no better.
      const isDone = state.file !== undefined && backup.isDatabase;
      return {
        kind: isDone ? 'already-restored' : 'restore',
        migrations: [],
        caches: [],
        backup: backup.id,
      };
    }
    case 'rebuild-caches':
      if (!state.file) throw migrateErrors.databaseMissing(state.database);
      return {
        kind: set.caches.length === 0 ? 'already-migrated' : 'rebuild-caches',
        migrations: [],
        caches: set.caches,
      };
    default: {
      const migrations = pendingMigrations(state, set);
      const changes = migrations.length > 0;
      return {
        kind: changes ? 'migrate' : 'already-migrated',
        migrations,
        caches: changes && !request.skipCacheRebuild ? set.caches : [],
      };
    }
  }
}
