import { z } from 'zod/v3';

/** A rejection as it stands in the note at a version's commit. */
export const rejectionSchema = z.object({
  /** Tag of the version. */
  version: z.string(),
  /** Entity ref of who rejected it, or the author of a commit. */
  by: z.string(),
  /** ISO 8601. */
  at: z.string(),
  reason: z.string(),
});
export type VersionRejection = z.infer<typeof rejectionSchema>;

/**
 * What came of a rejection. `already-rejected`: it was rejected before, and what stands there stays; `planned`: a dry run
 * of one that would be noted.
 */
export const rejectionResultSchema = z.object({
  outcome: z.enum(['rejected', 'already-rejected', 'planned']),
  /** The tagged commit, at which the note stands or would stand. */
  commit: z.string(),
  /** What stands in the note; in a dry run what would. */
  rejection: rejectionSchema,
});
export type RejectionResult = z.infer<typeof rejectionResultSchema>;
