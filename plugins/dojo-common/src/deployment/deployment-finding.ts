import { z } from 'zod/v3';

/**
 * What is wrong, or worth knowing, about the objects of an overlay (docs/reference/deploy-lint.md). `error`: nothing is
 * deployed; `warning`: it is, and a reader should know; `info`: how it will be.
 */
export const deploymentFindingSchema = z.object({
  /** Stable name of the rule, such as `CLAIM_SHRUNK`. */
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  /** One sentence with the values in it. */
  message: z.string(),
  /** What to do. */
  hint: z.string().optional(),
  /** Kind and name, such as `Deployment ledger`. */
  object: z.string().optional(),
  /** Where the object was written: a path in the repository, or a base's address and path. */
  file: z.string().optional(),
  /** From 1. */
  line: z.number().int().positive().optional(),
});
export type DeploymentFinding = z.infer<typeof deploymentFindingSchema>;
