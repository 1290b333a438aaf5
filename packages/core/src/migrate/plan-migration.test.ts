import fc from 'fast-check';
import {
  migrationPlanSchema,
  migrationRequestSchema,
} from 'backstage-plugin-dojo-common';
import type {
  MigrationPlan,
  MigrationRequestInput,
} from 'backstage-plugin-dojo-common';
import { planHash } from '../plan/plan-hash';
import { readFiles, setOf } from './__testUtils__/sql-files';
import type { LedgerFile, LedgerState } from './ledger-state';
import { planMigration } from './plan-migration';

const seed = 20261122;
const database = '/data/ledger.duckdb';
const set = setOf({
  '0001_core.sql': 'CREATE TABLE t (a INTEGER);\nINSERT INTO t VALUES (1);',
  '0002_tags.sql':
    '-- dojo:breaking\n-- dojo:assert SELECT true\nUPDATE t SET a = 2;\nALTER TABLE t ADD COLUMN b INTEGER;',
  '0003_more.sql': '-- dojo:irreversible\nALTER TABLE t DROP COLUMN b;',
  'caches/t.sql': 'DELETE FROM t; INSERT INTO t VALUES (1, 2)',
});
const [core, tags, more] = set.migrations;
const [cache] = set.caches;
const file: LedgerFile = {
  bytes: 4096,
  walBytes: 7,
  storage: 64,
  creator: 'v1.3.2',
  applied: [{ id: '0001_core' }],
  fingerprint: 'f'.repeat(64),
};
const backups = [
  { id: '20261122T071530123Z-0002', bytes: 20 },
  { id: '20261121T000000000Z-0000', bytes: 10 },
];

function state(more_: Partial<LedgerState> = {}): LedgerState {
  return { database, engine: 'v1.5.5', file, backups: [], ...more_ };
}

function plan(
  of: LedgerState,
  request: Partial<MigrationRequestInput> = {},
): MigrationPlan {
  return planMigration(
    of,
    migrationRequestSchema.parse({ database, ...request }),
    set,
    [],
  );
}

describe('planMigration', () => {
  describe('when migrations are pending', () => {
    it('decides what runs, and shows why and how', () => {
      const made = plan(state({ backups }));
      expect(made).toEqual({
        kind: 'migrate',
        decides: {
          operation: 'migrate',
          database,
          from: '0001_core',
          fromFingerprint: file.fingerprint,
          migrations: [
            {
              id: '0002_tags',
              checksum: tags.checksum,
              transaction: 'statement',
            },
            { id: '0003_more', checksum: more.checksum, transaction: 'one' },
          ],
          caches: [
            { id: 'caches/t', checksum: cache.checksum, transaction: 'one' },
          ],
          order: 'file',
          keepBackups: 3,
        },
        shows: {
          reason: '2 migrations are pending, from 0001_core to 0003_more',
          ledger: {
            bytes: 4096,
            walBytes: 7,
            storage: 64,
            creator: 'v1.3.2',
            applied: 1,
          },
          engine: 'v1.5.5',
          to: '0003_more',
          migrations: [
            {
              id: '0002_tags',
              file: '0002_tags.sql',
              sql: tags.sql,
              statements: [
                { line: 3, verb: 'UPDATE', kind: 'dml' },
                { line: 4, verb: 'ALTER TABLE', kind: 'ddl' },
              ],
              transaction: 'statement',
              transactionReason:
                'it changes rows of t and then alters it, which DuckDB cannot commit together',
              breaking: true,
              irreversible: false,
              asserts: ['SELECT true'],
            },
            {
              id: '0003_more',
              file: '0003_more.sql',
              sql: more.sql,
              statements: [{ line: 2, verb: 'ALTER TABLE', kind: 'ddl' }],
              transaction: 'one',
              breaking: false,
              irreversible: true,
              asserts: [],
            },
            expect.objectContaining({ id: 'caches/t', file: 'caches/t.sql' }),
          ],
          findings: [expect.objectContaining({ code: 'LINT_SPLIT' })],
          backups: [
            {
              id: '20261122T071530123Z-0002',
              at: '2026-11-22T07:15:30.123Z',
              head: '0002_tags',
              bytes: 20,
            },
            {
              id: '20261121T000000000Z-0000',
              at: '2026-11-21T00:00:00.000Z',
              bytes: 10,
            },
          ],
          effects: [
            {
              key: `backup ${database}`,
              text: 'The ledger as it is now is kept as a backup (the last 3 are)',
              already: false,
            },
            {
              key: `ledger ${database}`,
              text: 'The ledger goes from 0001_core to 0003_more, or stays as it is',
              already: false,
            },
          ],
          warnings: [
            'The previous release cannot run on 0002_tags (dojo:breaking)',
            'Only a backup leads back from 0003_more (dojo:irreversible)',
          ],
        },
      });
      expect(migrationPlanSchema.parse(made)).toEqual(made);
    });

    it('leaves the caches alone where that is asked, and says so', () => {
      const made = plan(state(), { skipCacheRebuild: true });
      expect(made.decides.caches).toEqual([]);
      expect(made.shows.warnings).toContain(
        'The caches are left as they are: rebuild them afterwards',
      );
    });

    it('makes a ledger where there is none', () => {
      const made = plan(state({ file: undefined }), {
        storageVersion: 'v1.2.0',
      });
      expect(made.decides).toMatchObject({ storageVersion: 'v1.2.0' });
      expect(made.decides).not.toHaveProperty('from');
      expect(made.decides).not.toHaveProperty('fromFingerprint');
      expect(made.decides.migrations.map(({ id }) => id)).toEqual([
        core.id,
        tags.id,
        more.id,
      ]);
      expect(made.shows.reason).toBe(
        'There is no ledger yet: it is made by 3 migrations, up to 0003_more',
      );
      expect(made.shows.effects.map(({ key }) => key)).toEqual([
        `ledger ${database}`,
      ]);
    });
  });

  describe('when nothing is pending', () => {
    const all = { ...file, applied: set.migrations.map(({ id }) => ({ id })) };

    it('does nothing, and runs no cache', () => {
      const made = plan(state({ file: all }));
      expect(made).toMatchObject({
        kind: 'already-migrated',
        decides: { from: '0003_more', migrations: [], caches: [] },
        shows: {
          reason: 'Every migration is applied, up to 0003_more',
          to: '0003_more',
          effects: [],
        },
      });
    });
  });

  describe('when something is wrong', () => {
    it('shows all of it: files, ledger and pending SQL', () => {
      const bad = readFiles({
        '0001_core.sql': '',
        '0002_tags.sql': 'COMMIT',
      });
      const made = planMigration(
        state({ file: { ...file, applied: [{ id: '0001_kernel' }] } }),
        migrationRequestSchema.parse({ database }),
        bad.set,
        bad.findings,
      );
      expect(made.shows.findings.map(({ code }) => code)).toEqual([
        'FILE_EMPTY',
        'APPLIED_RENAMED',
        'LINT_EMBEDDED_TRANSACTION',
      ]);
      expect(made.shows.reason).toBe(
        'Nothing runs: 3 errors must be corrected first',
      );
    });
  });

  describe('when caches are to be rebuilt', () => {
    it('runs all of them, and warns of what is pending', () => {
      const made = plan(state(), {
        operation: 'rebuild-caches',
        skipCacheRebuild: true,
      });
      expect(made).toMatchObject({
        kind: 'rebuild-caches',
        decides: { migrations: [], caches: [{ id: 'caches/t' }] },
        shows: {
          reason: '1 cache is derived again',
          to: '0001_core',
          warnings: [
            'The caches may need what is pending: 0002_tags, 0003_more',
          ],
        },
      });
    });

    it('does nothing where there are none', () => {
      const made = planMigration(
        state(),
        migrationRequestSchema.parse({ database, operation: 'rebuild-caches' }),
        { ...set, caches: [] },
        [],
      );
      expect(made).toMatchObject({
        kind: 'already-migrated',
        shows: { reason: 'There are no caches to rebuild', effects: [] },
      });
    });

    it('refuses where there is no ledger', () => {
      expect(() =>
        plan(state({ file: undefined }), { operation: 'rebuild-caches' }),
      ).toThrow(
        expect.objectContaining({
          code: 'MIGRATE_LEDGER_MISSING',
          kind: 'not-found',
          message: `${database} does not exist, so its caches cannot be rebuilt`,
        }),
      );
    });
  });

  describe('when a backup is to be put back', () => {
    it.each([
      [undefined, '20261122T071530123Z-0002', '0002_tags'],
      ['latest', '20261122T071530123Z-0002', '0002_tags'],
      ['20261121T000000000Z-0000', '20261121T000000000Z-0000', undefined],
    ])('finds %s', (backup, id, to) => {
      const made = plan(state({ backups }), { operation: 'restore', backup });
      expect(made.kind).toBe('restore');
      expect(made.decides).toMatchObject({
        backup: id,
        migrations: [],
        caches: [],
      });
      expect(made.shows.to).toBe(to);
      expect(made.shows.reason).toBe(
        `Backup ${id} takes the place of the ledger at 0001_core`,
      );
      expect(made.shows.effects).toHaveLength(2);
    });

    it('asks nothing of files and ledger, broken or gone', () => {
      const made = planMigration(
        state({
          backups,
          file: { ...file, drift: ['table t is gone'] },
        }),
        migrationRequestSchema.parse({ database, operation: 'restore' }),
        { migrations: [], caches: [] },
        readFiles({}).findings,
      );
      expect(made.shows.findings).toEqual([]);
      expect(made.shows.to).toBe('0002');
    });

    it.each([
      [
        'latest',
        [],
        `${database} has no backups, so latest cannot be put back`,
      ],
      [
        '20200101T000000000Z-0001',
        backups,
        `${database} has no backup 20200101T000000000Z-0001; it has 20261122T071530123Z-0002, 20261121T000000000Z-0000`,
      ],
    ])('refuses %s where it is not there', (backup, existing, message) => {
      expect(() =>
        plan(state({ backups: existing }), { operation: 'restore', backup }),
      ).toThrow(
        expect.objectContaining({
          code: 'MIGRATE_BACKUP_UNKNOWN',
          kind: 'not-found',
          message,
        }),
      );
    });
  });

  it('runs exactly what is not applied, in order, and nothing once that is done', () => {
    const name = fc.constantFrom('core', 'tags', 'Money_2');
    const statement = fc.constantFrom(
      'CREATE TABLE a (x INTEGER)',
      'INSERT INTO a VALUES (1)',
      'UPDATE a SET x = 2',
      'ALTER TABLE a ADD COLUMN y INTEGER',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.array(statement, { minLength: 1 })), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.nat(12),
        fc.boolean(),
        fc.constantFrom('full', 'bare', 'file'),
        (drawn, done, reversed, form) => {
          const entries = drawn.map(
            ([word, statements], at): [string, string] => [
              `${String(at + 1).padStart(4, '0')}_${word}.sql`,
              statements.join(';\n'),
            ],
          );
          const files = setOf(
            Object.fromEntries(reversed ? [...entries].reverse() : entries),
          );
          const ids = entries.map(([path]) => path.replace('.sql', ''));
          const write = (id: string) =>
            ({ full: id, bare: id.slice(0, 4), file: `${id}.sql` }[form] ?? id);
          const planned = (applied: readonly string[]) =>
            planMigration(
              state({
                file: {
                  ...file,
                  applied: applied.map(id => ({ id: write(id) })),
                },
              }),
              migrationRequestSchema.parse({ database }),
              files,
              [],
            );
          const made = planned(ids.slice(0, done));
          expect(made.decides.migrations.map(({ id }) => id)).toEqual(
            ids.slice(done),
          );
          expect(made.shows.to).toBe(ids.at(-1));
          expect(
            made.shows.findings.filter(({ severity }) => severity === 'error'),
          ).toEqual([]);
          expect(planHash(planned(ids.slice(0, done)).decides)).toBe(
            planHash(made.decides),
          );
          const again = planned([
            ...ids.slice(0, done),
            ...made.decides.migrations.map(({ id }) => id),
          ]);
          expect(again.kind).toBe('already-migrated');
          expect(migrationPlanSchema.parse(made).kind).toBe(
            done < ids.length ? 'migrate' : 'already-migrated',
          );
        },
      ),
      { seed },
    );
  });
});
