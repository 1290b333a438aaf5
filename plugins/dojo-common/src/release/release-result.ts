import { z } from 'zod/v3';
import { outcomeSchema } from '../outcome';
import { releasePlanSchema } from './release-plan';

/**
 * The output of `dojo:release`, `dojo release --json` and the plan route. `planned`: a dry run with something to do;
 * `failed`: an effect did not come about (its outcome says why), run again to finish.
 * For `already-released` and `nothing-to-release` the values are those of the newest release.
 */
export const releaseResultSchema = z.object({
  outcome: z.enum([
    'released',
    'already-released',
    'nothing-to-release',
    'planned',
    'failed',
  ]),
  version: z.string().optional(),
  previousVersion: z.string().optional(),
  tag: z.string().optional(),
  commit: z.string().optional(),
  imageDigest: z.string().optional(),
  notes: z.string().optional(),
  releaseUrl: z.string().optional(),
  planHash: z.string(),
  plan: releasePlanSchema,
  effects: z.array(outcomeSchema),
});
export type ReleaseResult = z.infer<typeof releaseResultSchema>;
