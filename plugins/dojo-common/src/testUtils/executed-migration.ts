import type { MigrationResult } from '../migration/migration-result';
import { plannedMigration } from './planned-migration';

/** A run of {@link plannedMigration}, which brought ledger on dev to `0015_integrity`. */
export function executedMigration(): MigrationResult {
  const planned = plannedMigration();
  const { to, effects } = planned.plan.shows;
  return {
    ...planned,
    outcome: 'migrated',
    version: '0.4.0',
    to,
    applied: planned.plan.decides.migrations.map(({ id }) => id),
    backup: '20261122T071530123Z-0013',
    downtime: 820,
    effects: effects.map(({ key }) => ({ kind: 'done', key })),
  };
}
