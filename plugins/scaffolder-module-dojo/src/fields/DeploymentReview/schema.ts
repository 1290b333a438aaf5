import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: the identity of the plan that was reviewed, and what it does in one sentence. */
export const deploymentReviewSchema = makeFieldSchema({
  uiOptions: z =>
    z
      .object({
        overlay: z
          .boolean()
          .optional()
          .describe(
            'Whether host and storage of the form are part of it; default: where its overlay is true',
          ),
      })
      .optional(),
  output: z =>
    z.object({
      planHash: z.string().describe('Hash of the reviewed plan'),
      what: z.string().describe('What the plan does, in one sentence'),
      version: z
        .string()
        .optional()
        .describe(
          'Version that the environment gets; absent: none, it is only prepared',
        ),
      since: z
        .string()
        .optional()
        .describe('Commit that had last changed the overlay; absent: none had'),
    }),
});

/** @public */
export type DeploymentReviewProps = typeof deploymentReviewSchema.TProps;

/** @public */
export type DeploymentReviewValue = typeof deploymentReviewSchema.TOutput;
