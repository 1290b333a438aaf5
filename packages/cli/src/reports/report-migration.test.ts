import {
  plannedMigration,
  shownMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import { reportMigration } from './report-migration';

const planned = plannedMigration({
  reason: '2 migrations are pending.',
  database: {
    bytes: 12_897_485,
    walBytes: 2_048,
    storage: 64,
    creator: 'v1.3.2',
    applied: 13,
  },
  to: '0015_backfill',
  migrations: [
    shownMigration({
      id: '0014_tags',
      statements: [{ line: 1, verb: 'CREATE TABLE', kind: 'ddl' }],
    }),
    shownMigration({
      id: '0015_backfill',
      statements: [
        { line: 2, verb: 'ALTER TABLE', kind: 'ddl' },
        { line: 3, verb: 'UPDATE', kind: 'dml' },
        { line: 4, verb: 'ALTER TABLE', kind: 'ddl' },
        { line: 5, verb: 'CREATE INDEX', kind: 'ddl' },
        { line: 6, verb: 'DELETE', kind: 'dml' },
      ],
      transaction: 'statement',
      transactionReason: '0015_backfill.sql:4 alters what line 3 updates',
      breaking: true,
      irreversible: true,
      asserts: ['SELECT 1 WHERE false'],
    }),
  ],
  effects: [
    {
      key: 'database /data/dev/ledger.duckdb',
      text: 'migrate it',
      already: false,
    },
  ],
});
const { shows, decides } = planned.plan;
const withShows = (more: Partial<typeof shows>) => ({
  ...planned,
  plan: { ...planned.plan, shows: { ...shows, ...more } },
});

describe('reportMigration', () => {
  describe('when it is a dry run', () => {
    it('shows the database, what will run and how, and the plan to agree to', () => {
      expect(reportMigration(planned)).toBe(
        `\
Planned, nothing written: 0013_tags → 0015_backfill
2 migrations are pending.
/data/dev/ledger.duckdb: 12.3 MiB + 2.0 KiB WAL, storage version 64 by DuckDB v1.3.2, 13 applied; DuckDB v1.5.5

To run (2)

  file           statements                                                     transaction       flags
  0014_tags               1  CREATE TABLE                                       one
  0015_backfill           5  ALTER TABLE, UPDATE, ALTER TABLE, CREATE INDEX, …  a statement each  breaking, irreversible, asserts: 1

  0015_backfill runs a statement per transaction: 0015_backfill.sql:4 alters what line 3 updates

will happen: migrate it

plan ${planned.planHash}
`,
      );
    });

    it('tells the findings, errors first, with place and rewrite', () => {
      const text = reportMigration(
        withShows({
          findings: [
            {
              code: 'LINT_SPLIT',
              severity: 'note',
              message: '0015_backfill.sql:4 is split',
            },
            {
              code: 'LINT_VACUUM',
              severity: 'error',
              file: '0015_backfill.sql',
              line: 4,
              message: 'ends the transaction',
              hint: 'Leave it out:\nUPDATE t SET a = 1;',
            },
          ],
        }),
      );
      expect(text).toContain(`\
error: 0015_backfill.sql:4: ends the transaction (LINT_VACUUM)
  Leave it out:
  UPDATE t SET a = 1;
note: 0015_backfill.sql:4 is split (LINT_SPLIT)
`);
    });

    it.each(['planned', 'already-migrated'] as const)(
      'promises nothing where an error keeps it from running (%s)',
      outcome => {
        const refused = withShows({
          findings: [
            { code: 'SCHEMA_DRIFT', severity: 'error', message: 'it drifted' },
          ],
        });
        const text = reportMigration({ ...refused, outcome });
        expect(text).toMatch(/^Refused, nothing written: at 0013_tags\n/);
        expect(text).not.toContain('will happen');
      },
    );

    it('shows what the rehearsal did: rows, time and disk', () => {
      const text = reportMigration(
        withShows({
          rehearsal: {
            statements: [
              { id: '0014_tags', line: 1, verb: 'CREATE TABLE', duration: 0.4 },
              {
                id: 'caches/balance',
                line: 3,
                verb: 'UPDATE',
                rows: 200_000,
                duration: 110,
              },
            ],
            duration: 1_230,
            diskBytes: 25_165_824,
            sizeAfter: 12_582_912,
            split: ['0015_backfill'],
          },
        }),
      );
      expect(text).toContain(`\
Rehearsed on a private copy in 1.2 s: needs 24.0 MiB beside the database, which will have 12.0 MiB

  statement                              rows    time
  0014_tags.sql:1       CREATE TABLE           0.4 ms
  caches/balance.sql:3  UPDATE        200,000  110 ms
  0015_backfill could only run a statement per transaction
`);
    });

    it('shortens a long list and says so', () => {
      const migrations = Array.from({ length: 45 }, (_, at) => ({
        ...shows.migrations[0],
        id: `${String(at).padStart(4, '0')}_x`,
      }));
      const text = reportMigration(withShows({ migrations }));
      expect(text).toContain('To run (45)');
      expect(text).toContain('0039_x');
      expect(text).not.toContain('0040_x');
      expect(text).toContain('… 5 more (--json has them)');
    });

    it('says that the database does not exist yet, and for whom it will be written', () => {
      const { database, ...rest } = shows;
      const text = reportMigration({
        ...planned,
        plan: {
          ...planned.plan,
          decides: { ...decides, storageVersion: 'v1.0.0' },
          shows: rest,
        },
      });
      expect(text).toContain(
        '/data/dev/ledger.duckdb: does not exist yet, will be written for DuckDB v1.0.0 and later; DuckDB v1.5.5',
      );
    });
  });

  it.each([
    [
      'migrated',
      'Migrated 0013_tags → 0015_backfill: 2 applied (backup 20261122T071530123Z-0013, held for 820 ms)',
    ],
    ['caches-rebuilt', 'Caches rebuilt at 0015_backfill (backup'],
    ['restored', 'Restored : 0013_tags → 0015_backfill (backup'],
    ['already-migrated', 'Nothing to migrate: at 0015_backfill'],
    ['already-restored', 'Nothing to restore: at 0015_backfill'],
  ] as const)('begins with what came of it: %s', (outcome, line) => {
    const text = reportMigration({
      ...planned,
      outcome,
      to: '0015_backfill',
      applied: ['0014_tags', '0015_backfill'],
      backup: '20261122T071530123Z-0013',
      downtime: 820,
      effects: [{ kind: 'done', key: 'database /data/dev/ledger.duckdb' }],
    });
    expect(text).toContain(line);
    expect(text).toContain('done: database /data/dev/ledger.duckdb');
    expect(text).not.toContain('To run');
  });

  describe('when a backup is put back', () => {
    const backup = {
      at: '2026-11-22T07:15:30.123Z',
      bytes: 2048,
      isReplaced: false,
    };
    const report = (outcome: 'planned' | 'restored' | 'already-restored') =>
      reportMigration({
        ...planned,
        outcome,
        plan: {
          kind: outcome === 'already-restored' ? outcome : 'restore',
          decides: { ...decides, operation: 'restore' },
          shows: {
            ...shows,
            migrations: [],
            backups: [
              {
                ...backup,
                id: '20261123T071530123Z-0015_replaced',
                head: '0015_backfill',
                isReplaced: true,
                isDatabase: false,
              },
              {
                ...backup,
                id: '20261122T071530123Z-0014',
                head: '0014_tags',
                isDatabase: true,
              },
              { ...backup, id: '20261121T071530123Z-0000' },
            ],
          },
        },
      });

    it.each(['planned', 'already-restored'] as const)(
      'lists the backups, newest first, and what each is: %s',
      outcome => {
        expect(report(outcome)).toContain(`\
Backups (3)

  id                                 at                size
  20261123T071530123Z-0015_replaced  0015_backfill  2.0 KiB  replaced by a restore
  20261122T071530123Z-0014           0014_tags      2.0 KiB  is the database now
  20261121T071530123Z-0000           no migration   2.0 KiB
`);
      },
    );

    it('does not list, once it is done, what was there before', () => {
      expect(report('restored')).not.toContain('Backups');
    });
  });
});
