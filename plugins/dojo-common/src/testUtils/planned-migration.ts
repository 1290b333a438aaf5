import type {
  MigrationShows,
  ShownMigration,
} from '../migration/migration-plan';
import type { MigrationResult } from '../migration/migration-result';
import { shownMigration } from './shown-migration';

const planHash = '3b9e71c0'.padEnd(64, 'a');
const checksum = 'c'.repeat(64);

/** The dry run of a migration of ledger on dev: two pending migrations and a cache, with `shows` changed as given. */
export function plannedMigration(
  shows: Partial<MigrationShows> = {},
): MigrationResult {
  const migrations = [
    shownMigration({
      id: '0014_reconciliation',
      sql: '-- Statements that were agreed.\nCREATE TABLE reconciliations (id BIGINT);\nUPDATE transactions SET cleared_on = booked_on;\n',
      statements: [
        { line: 2, verb: 'CREATE TABLE', kind: 'ddl' },
        { line: 3, verb: 'UPDATE', kind: 'dml' },
      ],
      transaction: 'statement',
      transactionReason: '-- dojo:split',
      asserts: ['SELECT count(*) = 0 FROM reconciliation_differences'],
    }),
    shownMigration({
      id: '0015_integrity',
      breaking: true,
      irreversible: true,
    }),
  ];
  const caches = [shownMigration({ id: 'caches/accounts' })];
  const decided = ({ id, transaction }: ShownMigration) => ({
    id,
    checksum,
    transaction,
  });
  return {
    outcome: 'planned',
    version: '0.4.0',
    from: '0013_tags',
    to: '0013_tags',
    applied: [],
    planHash,
    effects: [],
    plan: {
      kind: 'migrate',
      decides: {
        operation: 'migrate',
        database: '/data/dev/ledger.duckdb',
        from: '0013_tags',
        fromFingerprint: 'f'.repeat(64),
        migrations: migrations.map(decided),
        caches: caches.map(decided),
        order: 'file',
        keepBackups: 3,
      },
      shows: {
        reason: '2 migrations of 0013_tags to 0015_integrity are pending',
        database: {
          bytes: 2_634_752,
          walBytes: 0,
          storage: 64,
          creator: 'v1.3.2',
          applied: 13,
        },
        engine: 'v1.5.5',
        to: '0015_integrity',
        migrations: [...migrations, ...caches],
        findings: [],
        backups: [],
        effects: [
          {
            key: 'backup ledger.duckdb',
            text: 'Back up the current database (keeps the last 3)',
            already: false,
          },
          {
            key: 'database ledger.duckdb',
            text: 'Migrate 0013_tags -> 0015_integrity (all or nothing)',
            already: false,
          },
        ],
        warnings: [],
        ...shows,
      },
    },
  };
}
