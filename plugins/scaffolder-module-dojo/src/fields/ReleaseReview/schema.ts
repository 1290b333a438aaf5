import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/**
 * The value of the field: the identity of the plan that was reviewed. `date` is the day it was planned with (absent
 * where the plan makes no new version), so that a run after midnight is still the same plan.
 */
export const releaseReviewSchema = makeFieldSchema({
  output: z =>
    z.object({
      planHash: z.string().describe('Hash of the reviewed plan'),
      date: z.string().optional().describe('Day that the plan was made with'),
      version: z.string().describe('Version that the plan releases'),
      base: z.string().optional().describe('Commit that the plan was made on'),
    }),
});

/** @public */
export type ReleaseReviewProps = typeof releaseReviewSchema.TProps;

/** @public */
export type ReleaseReviewValue = typeof releaseReviewSchema.TOutput;
