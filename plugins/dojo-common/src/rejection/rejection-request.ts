import { z } from 'zod/v3';

/** Which version is rejected, and why. */
export const rejectionFieldsSchema = z.object({
  version: z
    .string()
    .min(1)
    .max(300)
    .describe('Tag of the version that is not to be deployed, such as v0.4.1'),
  reason: z
    .string()
    .trim()
    .min(1, 'say in a sentence what is wrong with it')
    .max(500)
    .describe('What is wrong with it; everybody who may choose it reads this'),
});
export type RejectionFields = z.output<typeof rejectionFieldsSchema>;
