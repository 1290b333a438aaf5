import { z } from 'zod/v3';
import { migrationChoicesSchema } from './migration-request';

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
