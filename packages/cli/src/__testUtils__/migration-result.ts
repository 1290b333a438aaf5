import type {
  MigrationPlan,
  MigrationResult,
  ShownMigration,
} from 'backstage-plugin-dojo-common';

const core: ShownMigration = {
  id: '0002_tags',
  file: '0002_tags.sql',
  sql: 'CREATE TABLE tags (id BIGINT);',
  statements: [{ line: 1, verb: 'CREATE TABLE', kind: 'ddl' }],
  transaction: 'one',
  breaking: false,
  irreversible: false,
  asserts: [],
};

const backfill: ShownMigration = {
  id: '0003_backfill',
  file: '0003_backfill.sql',
  sql: '',
  statements: [
    { line: 2, verb: 'ALTER TABLE', kind: 'ddl' },
    { line: 3, verb: 'UPDATE', kind: 'dml' },
    { line: 4, verb: 'ALTER TABLE', kind: 'ddl' },
    { line: 5, verb: 'CREATE INDEX', kind: 'ddl' },
    { line: 6, verb: 'DELETE', kind: 'dml' },
  ],
  transaction: 'statement',
  transactionReason: '0003_backfill.sql:4 alters what line 3 updates',
  breaking: true,
  irreversible: true,
  asserts: ['SELECT 1 WHERE false'],
};

const plan: MigrationPlan = {
  kind: 'migrate',
  decides: {
    operation: 'migrate',
    database: '/data/ledger.duckdb',
    from: '0001_core',
    fromFingerprint: 'a'.repeat(64),
    migrations: [
      { id: '0002_tags', checksum: 'b'.repeat(64), transaction: 'one' },
      {
        id: '0003_backfill',
        checksum: 'c'.repeat(64),
        transaction: 'statement',
      },
    ],
    caches: [],
    order: 'file',
    keepBackups: 3,
  },
  shows: {
    reason: '2 migrations are pending.',
    database: {
      bytes: 12_897_485,
      walBytes: 2_048,
      storage: 64,
      creator: 'v1.3.2',
      applied: 1,
    },
    engine: 'v1.5.5',
    to: '0003_backfill',
    migrations: [core, backfill],
    findings: [],
    backups: [],
    effects: [
      {
        key: 'database /data/ledger.duckdb',
        text: 'migrate it',
        already: false,
      },
    ],
    warnings: [],
  },
};

/** The dry run of two migrations, with nothing said about them. */
export const plannedMigration: MigrationResult = {
  outcome: 'planned',
  from: '0001_core',
  to: '0001_core',
  applied: [],
  planHash: 'd'.repeat(64),
  plan,
  effects: [],
};
