import type {
  MigrationPlan,
  MigrationResult,
  Operation,
  Rehearsal,
  ShownMigration,
} from 'backstage-plugin-dojo-common';

const planHash = '3b9e71c0'.padEnd(64, 'a');
const checksum = 'c'.repeat(64);

/** What is asked for in all of these plans. */
export const migrationBody = {
  component: 'component:default/ledger',
  environment: 'dev',
};

/** A file of a plan, in one transaction unless `file` says otherwise. */
export function shownMigration(
  file: Pick<ShownMigration, 'id'> & Partial<ShownMigration>,
): ShownMigration {
  return {
    file: `${file.id}.sql`,
    sql: 'SELECT 1;\n',
    statements: [{ line: 1, verb: 'SELECT', kind: 'other' }],
    transaction: 'one',
    breaking: false,
    irreversible: false,
    asserts: [],
    ...file,
  };
}

/** What the plan route answers for ledger on dev: two pending migrations and a cache, with `shows` changed as given. */
export function plannedMigration(
  shows: Partial<MigrationPlan['shows']> = {},
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
      transactionReason: 'its -- dojo:split asks for it',
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
            text: 'The database as it is now is kept as a backup',
            already: false,
          },
          {
            key: 'database ledger.duckdb',
            text: 'The database goes from 0013_tags to 0015_integrity',
            already: false,
          },
        ],
        warnings: [],
        ...shows,
      },
    },
  };
}

/** The answer where every migration is applied. */
export function nothingToMigrate(): MigrationResult {
  const result = plannedMigration({
    reason: 'Every migration is applied, up to 0015_integrity',
    migrations: [],
    effects: [],
  });
  return {
    ...result,
    outcome: 'already-migrated',
    plan: {
      ...result.plan,
      kind: 'already-migrated',
      decides: {
        ...result.plan.decides,
        from: '0015_integrity',
        migrations: [],
        caches: [],
      },
    },
  };
}

/** The answer where the newest backup that no restore made is put back. */
export function plannedRestore(): MigrationResult {
  const result = plannedMigration({
    reason:
      'Backup 20261122T071530123Z-0013 takes the place of the database at 0015_integrity',
    to: '0013_tags',
    migrations: [],
    backups: [
      {
        id: '20261123T080000000Z-0014_replaced',
        at: '2026-11-23T08:00:00.000Z',
        head: '0014_reconciliation',
        bytes: 2_634_752,
        isReplaced: true,
        isDatabase: false,
      },
      {
        id: '20261122T071530123Z-0013',
        at: '2026-11-22T07:15:30.123Z',
        head: '0013_tags',
        bytes: 2_634_752,
        isReplaced: false,
        isDatabase: false,
      },
      {
        id: '20261101T101500000Z-0000',
        at: '2026-11-01T10:15:00.000Z',
        bytes: 12_288,
        isReplaced: false,
        isDatabase: false,
      },
    ],
  });
  return {
    ...result,
    plan: {
      ...result.plan,
      kind: 'restore',
      decides: {
        ...result.plan.decides,
        operation: 'restore',
        from: '0015_integrity',
        migrations: [],
        caches: [],
        backup: '20261122T071530123Z-0013',
      },
    },
  };
}

/** The answer where the database is that backup already. */
export function nothingToRestore(): MigrationResult {
  const result = plannedRestore();
  const { decides, shows } = result.plan;
  return {
    ...result,
    outcome: 'already-restored',
    plan: {
      kind: 'already-restored',
      decides: { ...decides, from: '0013_tags' },
      shows: {
        ...shows,
        reason: `The database is already backup ${decides.backup}.`,
        effects: [],
        backups: shows.backups.map(backup => ({
          ...backup,
          isDatabase: backup.id === decides.backup,
        })),
      },
    },
  };
}

/** The answer where lint and preflight refuse. */
export function refusedMigration(): MigrationResult {
  return plannedMigration({
    reason: 'Nothing runs: 2 errors must be corrected first',
    findings: [
      {
        code: 'LINT_ADD_COLUMN',
        severity: 'warning',
        file: '0014_reconciliation.sql',
        line: 3,
        message: 'the column gets no default',
      },
      {
        code: 'LINT_EMBEDDED_TRANSACTION',
        severity: 'error',
        file: '0014_reconciliation.sql',
        line: 2,
        message: 'COMMIT ends the transaction that the migration runs in',
        hint: 'CREATE TABLE reconciliations (id BIGINT);',
      },
      {
        code: 'APPLIED_EDITED',
        severity: 'error',
        file: '0007_transfers.sql',
        message: '0007_transfers.sql was changed after it was applied',
        hint: 'Put it back as it was.',
      },
    ],
  });
}

/** What a rehearsal of {@link plannedMigration} did, changed as given. */
export function rehearsed(changes: Partial<Rehearsal> = {}): Rehearsal {
  return {
    statements: [
      {
        id: '0014_reconciliation',
        line: 2,
        verb: 'CREATE TABLE',
        duration: 0.42,
      },
      {
        id: '0014_reconciliation',
        line: 3,
        verb: 'UPDATE',
        rows: 12_345,
        duration: 31.6,
      },
      { id: 'caches/accounts', line: 1, verb: 'UPDATE', rows: 8, duration: 3 },
    ],
    duration: 1_240,
    diskBytes: 5_300_000,
    sizeAfter: 2_900_000,
    split: [],
    ...changes,
  };
}

/** A rehearsal as the backend answers for it. */
export function operation(changes: Partial<Operation> = {}): Operation {
  return {
    id: 'op-1',
    state: 'running',
    startedAt: '2026-11-22T07:15:30.123Z',
    lines: [],
    ...changes,
  };
}
