import type { MigrationResult } from '../migration/migration-result';
import { plannedMigration } from './planned-migration';

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
  // A backup is of no release.
  const { version: ignored, ...restored } = result;
  return {
    ...restored,
    from: '0015_integrity',
    to: '0015_integrity',
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
