import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: the identities of the plans that were reviewed, and what they do in one sentence. */
export const serviceReviewSchema = makeFieldSchema({
  output: z =>
    z.object({
      planHash: z.string().describe('Hash of the three plans together'),
      repository: z.string().describe('Hash of the plan of the repository'),
      overlays: z.string().describe('Hash of the plan of the overlays'),
      release: z.string().describe('Hash of the plan of the first release'),
      what: z.string().describe('What the plans do, in one sentence'),
    }),
});

/** @public */
export type ServiceReviewProps = typeof serviceReviewSchema.TProps;

/** @public */
export type ServiceReviewValue = typeof serviceReviewSchema.TOutput;
