import { z } from 'zod/v3';
import { dojoErrorSchema } from '../dojo-error';
import { migrationChoicesSchema } from './migration-request';
import { migrationResultSchema } from './migration-result';

/**
 * Body of `POST /api/dojo/plans/migration` (the plan, nothing rehearsed) and of `POST /api/dojo/rehearsals/migration`
 * (starts one): the component by entity ref, the environment by name, and the choices.
 */
export const migrationPlanBodySchema = migrationChoicesSchema
  .extend({
    component: z.string().min(1),
    environment: z.string().min(1),
  })
  .strict();
export type MigrationPlanBody = z.input<typeof migrationPlanBodySchema>;

/**
 * A rehearsal while it runs and after: the answer of `POST /api/dojo/rehearsals/migration` and of
 * `GET /api/dojo/operations/:id`. `result` with `done`, `error` with `failed`.
 */
export const operationSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  /** ISO 8601. */
  startedAt: z.string(),
  /** The last lines of its log, oldest first. */
  lines: z.array(z.string()),
  result: migrationResultSchema.optional(),
  error: dojoErrorSchema.optional(),
});
export type Operation = z.infer<typeof operationSchema>;
