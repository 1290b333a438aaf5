import {
  migrationPlanSchema,
  migrationRequestSchema,
} from 'backstage-plugin-dojo-common';
import {
  backups,
  database,
  file,
  plan,
  set,
  state,
} from './__testUtils__/plan-fixture';
import { readFiles } from './__testUtils__/sql-files';
import { planMigration } from './plan-migration';

const [core, tags, more] = set.migrations;
const [cache] = set.caches;

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
          reason: '2 migrations are pending, from 0001_core to 0003_more.',
          database: {
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
              isReplaced: false,
            },
            {
              id: '20261121T000000000Z-0000',
              at: '2026-11-21T00:00:00.000Z',
              bytes: 10,
              isReplaced: false,
            },
          ],
          effects: [
            {
              key: `backup ${database}`,
              text: 'Back up the current database (keeps the last 3)',
              already: false,
            },
            {
              key: `database ${database}`,
              text: 'Migrate 0001_core -> 0003_more (all or nothing)',
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

    it('says where the statements do not run file by file', () => {
      const made = plan(state(), { order: 'ddl-first' });
      expect(made.shows.effects.at(-1)?.text).toBe(
        'Migrate 0001_core -> 0003_more, schema changes first, then rows (all or nothing)',
      );
    });

    it('leaves the caches alone where that is asked, and says so', () => {
      const made = plan(state(), { skipCacheRebuild: true });
      expect(made.decides.caches).toEqual([]);
      expect(made.shows.warnings).toContain(
        'The caches are left as they are: rebuild them afterwards',
      );
    });

    it('makes a database where there is none', () => {
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
        'There is no database yet: it is made by 3 migrations, up to 0003_more.',
      );
      expect(made.shows.effects.map(({ key }) => key)).toEqual([
        `database ${database}`,
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
          reason: 'Every migration is applied, up to 0003_more.',
          to: '0003_more',
          effects: [],
        },
      });
    });
  });

  describe('when something is wrong', () => {
    it('shows all of it: files, database and pending SQL', () => {
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
        'Nothing runs: 3 errors must be corrected first.',
      );
    });
  });
});
