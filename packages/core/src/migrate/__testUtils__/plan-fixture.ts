import { migrationRequestSchema } from 'backstage-plugin-dojo-common';
import type {
  MigrationPlan,
  MigrationRequestInput,
} from 'backstage-plugin-dojo-common';
import { parseBackupId } from '../backup-id';
import type {
  DatabaseBackup,
  DatabaseFile,
  DatabaseState,
} from '../database-state';
import { planMigration } from '../plan-migration';
import { setOf } from './sql-files';

/** A database with the first of three migrations and a cache, and how it is planned. */

export const database = '/data/ledger.duckdb';
export const set = setOf({
  '0001_core.sql': 'CREATE TABLE t (a INTEGER);\nINSERT INTO t VALUES (1);',
  '0002_tags.sql':
    '-- dojo:breaking\n-- dojo:assert SELECT true\nUPDATE t SET a = 2;\nALTER TABLE t ADD COLUMN b INTEGER;',
  '0003_more.sql': '-- dojo:irreversible\nALTER TABLE t DROP COLUMN b;',
  'caches/t.sql': 'DELETE FROM t; INSERT INTO t VALUES (1, 2)',
});
export const file: DatabaseFile = {
  bytes: 4096,
  walBytes: 7,
  storage: 64,
  creator: 'v1.3.2',
  applied: [{ id: '0001_core' }],
  fingerprint: 'f'.repeat(64),
};
export const backups = [
  backup('20261122T071530123Z-0002', { bytes: 20 }),
  backup('20261121T000000000Z-0000', { bytes: 10 }),
];

/** A backup as it is found by its id. */
export function backup(
  id: string,
  more: Partial<DatabaseBackup> = {},
): DatabaseBackup {
  return { id, ...parseBackupId(id)!, bytes: 10, ...more };
}

export function state(more: Partial<DatabaseState> = {}): DatabaseState {
  return { database, engine: 'v1.5.5', file, backups: [], ...more };
}

export function plan(
  of: DatabaseState,
  request: Partial<MigrationRequestInput> = {},
): MigrationPlan {
  return planMigration(
    of,
    migrationRequestSchema.parse({ database, ...request }),
    set,
    [],
  );
}
