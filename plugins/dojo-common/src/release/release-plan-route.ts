import { z } from 'zod/v3';
import { releaseChoicesSchema } from './release-request';

/** Body of `POST /api/dojo/plans/release`: the component, by entity ref, and the choices. */
export const releasePlanBodySchema = releaseChoicesSchema
  .extend({ component: z.string().min(1) })
  .strict();
export type ReleasePlanBody = z.input<typeof releasePlanBodySchema>;
