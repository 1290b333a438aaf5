import type { MigrationResult } from '../migration/migration-result';
import { plannedMigration } from './planned-migration';

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
    from: '0015_integrity',
    to: '0015_integrity',
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
