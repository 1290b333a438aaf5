import { z } from 'zod/v3';

/** The answer of `GET /api/dojo/components/:namespace/:kind/:name/versions`. */
export const componentVersionsSchema = z.object({
  /** The version tags of its repository, highest version first; at most a hundred. */
  versions: z.array(
    z.object({
      version: z.string(),
      tag: z.string(),
      /** Whether it is no pre-release. */
      isStable: z.boolean(),
      /** Why it is not to be deployed; absent: nobody rejected it. */
      rejected: z.string().optional(),
      /** What is to be said of a tag that leads elsewhere than when it was released; absent: it does not. */
      moved: z.string().optional(),
    }),
  ),
  /** How many there are in all. */
  total: z.number().int().nonnegative(),
});

/** @public */
export type ComponentVersions = z.infer<typeof componentVersionsSchema>;
