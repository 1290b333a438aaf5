import { z } from 'zod/v3';

/** A rule that holds a deployment back: the code, words and hint of the error that a run ends with. */
export const deploymentBlockSchema = z.object({
  /** As in docs/reference/errors.md: `DEPLOY_FROZEN`, `DEPLOY_VERSION_REJECTED`, `PROMOTION_NEEDED` and others. */
  code: z.string(),
  /** One sentence with the values in it. */
  message: z.string(),
  /** What to do. */
  hint: z.string(),
  /** ISO 8601: from then on it is gone by itself; absent: it is not known, or somebody has to do something. */
  until: z.string().optional(),
});
export type DeploymentBlock = z.infer<typeof deploymentBlockSchema>;
