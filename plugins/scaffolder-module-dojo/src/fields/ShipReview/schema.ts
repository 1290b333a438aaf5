import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/**
 * The value of the field: the identities of the three plans that were reviewed together, and what they do in one sentence.
 * A plan that there is not is absent.
 */
export const shipReviewSchema = makeFieldSchema({
  output: z =>
    z.object({
      planHash: z.string().describe('The hashes of the plans, in their order'),
      what: z.string().describe('What the plans do, in one sentence'),
      version: z.string().describe('Version that is shipped'),
      tag: z.string().describe('Tag of that version'),
      date: z.string().optional().describe('Day that the release is of'),
      base: z.string().describe('Commit that the release was planned on'),
      release: z.string().describe('Hash of the plan of the release'),
      afterRelease: z
        .string()
        .optional()
        .describe('The same, where that release makes the version'),
      migration: z
        .string()
        .optional()
        .describe('Hash of the plan of the migration'),
      deployment: z
        .string()
        .optional()
        .describe('Hash of the plan of the deployment'),
      overlay: z
        .string()
        .optional()
        .describe('Commit that had last changed the overlay'),
    }),
});

/** @public */
export type ShipReviewProps = typeof shipReviewSchema.TProps;

/** @public */
export type ShipReviewValue = typeof shipReviewSchema.TOutput;
