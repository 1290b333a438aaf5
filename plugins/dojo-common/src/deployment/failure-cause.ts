import { z } from 'zod/v3';

/** Why a rollout did not come to its end. */
export const failureCauseSchema = z.object({
  /** Stable name, such as `IMAGE_NOT_FOUND` (docs/explanation/health.md). */
  code: z.string(),
  /** What it is about: `Pod/ledger-dev/ledger-7d4c9-x`. */
  object: z.string(),
  /** One sentence with the values in it. */
  sentence: z.string(),
  /** What to do. */
  hint: z.string(),
  /** Last lines that the container wrote before it ended, oldest first. */
  log: z.array(z.string()).optional(),
});
export type DeploymentFailureCause = z.infer<typeof failureCauseSchema>;
