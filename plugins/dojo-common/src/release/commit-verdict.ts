import { z } from 'zod/v3';

const bumpLevelSchema = z.enum(['major', 'minor', 'patch', 'none']);
/** What a commit, or a range, asks of the version before the 0.x rule is applied. */
export type BumpLevel = z.infer<typeof bumpLevelSchema>;

const commitFooterSchema = z.object({
  token: z.string(),
  value: z.string(),
});
export type CommitFooter = z.infer<typeof commitFooterSchema>;

/**
 * One verdict on one commit message. `type` is absent where the message is not conventional.
 * `reason` is one short phrase a person can check ("feat", "BREAKING CHANGE footer", "reverted by 33fa77b", "merge commit", …).
 */
export const commitVerdictSchema = z.object({
  sha: z.string().optional(),
  subject: z.string(),
  type: z.string().optional(),
  scope: z.string().optional(),
  description: z.string().optional(),
  body: z.string().optional(),
  footers: z.array(commitFooterSchema),
  breaking: z.boolean(),
  level: bumpLevelSchema,
  reason: z.string(),
});
export type CommitVerdict = z.infer<typeof commitVerdictSchema>;

/** A commit in a plan: its verdict, who wrote it when, and its pages where the repository has any. */
export const plannedCommitSchema = commitVerdictSchema.extend({
  /** Name of its author, without the address. */
  author: z.string().optional(),
  /** When it was committed, ISO 8601. */
  at: z.string().optional(),
  url: z.string().optional(),
  /** The pull or merge request that it came by. */
  pr: z
    .object({ number: z.number().int(), url: z.string().optional() })
    .optional(),
});
export type PlannedCommit = z.infer<typeof plannedCommitSchema>;

/** The answer of `dojo commits`: one verdict per message in the order given, and the range's bump. */
export const commitReportSchema = z.object({
  commits: z.array(commitVerdictSchema),
  level: bumpLevelSchema,
  nextVersion: z.string().nullable().optional(),
});
export type CommitReport = z.infer<typeof commitReportSchema>;
