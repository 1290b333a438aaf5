import type { MigrationResult } from '../migration/migration-result';
import { plannedRestore } from './planned-restore';

/** The answer where the database is that backup already. */
export function nothingToRestore(): MigrationResult {
  const result = plannedRestore();
  const { decides, shows } = result.plan;
  return {
    ...result,
    outcome: 'already-restored',
    from: '0013_tags',
    to: '0013_tags',
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
