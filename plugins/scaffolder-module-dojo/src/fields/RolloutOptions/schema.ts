import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: what is chosen of a rollout in a cluster; empty where the environment has none. */
export const rolloutOptionsSchema = makeFieldSchema({
  output: z =>
    z.object({
      wait: z.number().optional().describe('Seconds that it may take'),
      prune: z
        .boolean()
        .optional()
        .describe('Whether what the overlay makes no more is deleted'),
      confirmPrune: z
        .boolean()
        .optional()
        .describe('Whether more than 30 % may be deleted at once'),
      conflicts: z
        .enum(['takeover'])
        .optional()
        .describe('Takes over fields that others own'),
      onFailure: z
        .enum(['rollback'])
        .optional()
        .describe('Brings the version before it back if it fails'),
    }),
});

/** @public */
export type RolloutOptionsProps = typeof rolloutOptionsSchema.TProps;

/** @public */
export type RolloutOptionsValue = typeof rolloutOptionsSchema.TOutput;
