import { z } from 'zod/v3';

/** One effect in words, in the order it will run. `key` is the one of its {@link Outcome}. */
export const plannedEffectSchema = z.object({
  key: z.string(),
  text: z.string(),
  /** Whether the system already holds it. */
  already: z.boolean(),
});
export type PlannedEffect = z.infer<typeof plannedEffectSchema>;
