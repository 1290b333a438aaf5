import { migrationRequestSchema } from 'backstage-plugin-dojo-common';
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
          reason: '1 cache is derived again.',
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
        shows: { reason: 'There are no caches to rebuild.', effects: [] },
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
        `Backup ${id} takes the place of the ledger at 0001_core.`,
      );
      expect(made.shows.effects).toHaveLength(2);
    });

    it('takes the place of a ledger that is not there', () => {
      const made = plan(state({ backups, file: undefined }), {
        operation: 'restore',
      });
      expect(made.shows.reason).toBe(
        'Backup 20261122T071530123Z-0002 becomes the ledger, which is not there.',
      );
      expect(made.shows.effects).toHaveLength(1);
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
});
