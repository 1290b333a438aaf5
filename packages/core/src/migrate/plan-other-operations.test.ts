import { migrationRequestSchema } from 'backstage-plugin-dojo-common';
import {
  backup,
  backups,
  database,
  file,
  plan,
  set,
  state,
} from './__testUtils__/plan-fixture';
import { readFiles } from './__testUtils__/sql-files';
import { planMigration } from './plan-migration';

describe('planMigration', () => {
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
          reason: '1 cache is rebuilt.',
          to: '0001_core',
          warnings: [
            'These caches may depend on pending migrations: 0002_tags, 0003_more',
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
        shows: { reason: 'There are no caches to rebuild.', effects: [] },
      });
    });

    it('refuses where there is no database', () => {
      expect(() =>
        plan(state({ file: undefined }), { operation: 'rebuild-caches' }),
      ).toThrow(
        expect.objectContaining({
          code: 'MIGRATE_DATABASE_MISSING',
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
    ])('finds %s', (asked, id, to) => {
      const made = plan(state({ backups }), {
        operation: 'restore',
        backup: asked,
      });
      expect(made.kind).toBe('restore');
      expect(made.decides).toMatchObject({
        backup: id,
        migrations: [],
        caches: [],
      });
      expect(made.shows.to).toBe(to);
      expect(made.shows.reason).toBe(
        `Backup ${id} takes the place of the database at 0001_core.`,
      );
      expect(made.shows.effects).toHaveLength(2);
    });

    it('takes the newest that no restore has replaced for latest', () => {
      const replaced = backup('20261123T000000000Z-0003_replaced');
      const made = plan(state({ backups: [replaced, ...backups] }), {
        operation: 'restore',
      });
      expect(made.decides.backup).toBe(backups[0].id);
      expect(made.shows.backups[0]).toMatchObject({
        id: replaced.id,
        head: '0003_more',
        isReplaced: true,
      });
      expect(made.shows.effects[0].text).toBe(
        'Back up the current database (keeps the last 3 pre-restore copies)',
      );
    });

    describe('and the database is that one already', () => {
      const [newest, oldest] = backups;
      const marked = [
        { ...newest, isDatabase: true },
        { ...oldest, isDatabase: false },
      ];

      it('does nothing', () => {
        expect(
          plan(state({ backups: marked }), { operation: 'restore' }),
        ).toMatchObject({
          kind: 'already-restored',
          decides: { backup: newest.id },
          shows: {
            reason: `The database is already backup ${newest.id}.`,
            to: '0001_core',
            effects: [],
          },
        });
      });

      it('puts another one back', () => {
        expect(
          plan(state({ backups: marked }), {
            operation: 'restore',
            backup: oldest.id,
          }).kind,
        ).toBe('restore');
      });

      it('tries to mend a broken one all the same', () => {
        expect(
          plan(
            state({ backups: marked, file: undefined, broken: 'it is cut' }),
            { operation: 'restore' },
          ).kind,
        ).toBe('restore');
      });
    });

    it('takes the place of a database that is not there', () => {
      const made = plan(state({ backups, file: undefined }), {
        operation: 'restore',
      });
      expect(made.shows.reason).toBe(
        'Backup 20261122T071530123Z-0002 becomes the database, which is not there.',
      );
      expect(made.shows.effects).toHaveLength(1);
    });

    it('asks nothing of files and database, broken or gone', () => {
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
      expect(
        planMigration(
          state({
            backups,
            file: {
              ...file,
              applied: [{ id: '0001_core' }, { id: '0002_tags' }],
            },
          }),
          migrationRequestSchema.parse({ database, operation: 'restore' }),
          { migrations: [], caches: [] },
          [],
        ).shows.to,
      ).toBe('0002_tags');
    });

    it.each([
      [
        'latest',
        [],
        `${database} has no backups, so latest cannot be put back`,
      ],
      [
        'latest',
        [backup('20261123T000000000Z-0003_replaced')],
        `${database} has only backups of what restores replaced, which latest does not mean: 20261123T000000000Z-0003_replaced`,
      ],
      [
        '20200101T000000000Z-0001',
        backups,
        `${database} has no backup 20200101T000000000Z-0001; it has 20261122T071530123Z-0002, 20261121T000000000Z-0000`,
      ],
    ])('refuses %s where it is not there', (asked, existing, message) => {
      expect(() =>
        plan(state({ backups: existing }), {
          operation: 'restore',
          backup: asked,
        }),
      ).toThrow(
        expect.objectContaining({
          code: 'MIGRATE_BACKUP_UNKNOWN',
          kind: 'not-found',
          message,
        }),
      );
    });
  });
});
