import { z } from 'zod/v3';
import { outcomeSchema } from '../outcome';
import { migrationPlanSchema } from './migration-plan';

/**
 * The output of `dojo:migrate`, `dojo migrate --json` and the plan route. `planned`: a dry run with something to do.
 * A run that fails throws: the database is then as it was, and there is nothing to finish.
 */
export const migrationResultSchema = z.object({
  outcome: z.enum([
    'migrated',
    'already-migrated',
    'caches-rebuilt',
    'restored',
    'already-restored',
    'planned',
  ]),
  /** Release whose migrations these are; absent: they were in a folder, or none were needed. */
  version: z.string().optional(),
  /** Id of the last migration applied before; absent: none. */
  from: z.string().optional(),
  /** Id of the last migration applied now (of a dry run: as it is); absent: none. */
  to: z.string().optional(),
  /** Ids applied by this run, in their order. */
  applied: z.array(z.string()),
  /** Id of the backup that this run made. */
  backup: z.string().optional(),
  /** Milliseconds during which nobody else could write the database. */
  downtime: z.number().nonnegative().optional(),
  planHash: z.string(),
  plan: migrationPlanSchema,
  effects: z.array(outcomeSchema),
});
export type MigrationResult = z.infer<typeof migrationResultSchema>;
