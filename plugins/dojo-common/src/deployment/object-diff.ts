import { z } from 'zod/v3';

/** What a change does to one object of the cluster. Values of Secrets are masked. */
export const objectDiffSchema = z.object({
  object: z.object({
    apiVersion: z.string(),
    kind: z.string(),
    name: z.string(),
    namespace: z.string().optional(),
  }),
  change: z.enum(['created', 'changed', 'removed']),
  fields: z.array(
    z.object({
      path: z.string(),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
  omitted: z.number().int().nonnegative(),
});
export type ObjectDiff = z.infer<typeof objectDiffSchema>;
