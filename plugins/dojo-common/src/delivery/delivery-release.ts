import { z } from 'zod/v3';
import {
  imageDigestSchema,
  instantSchema,
  personSchema,
  sentenceSchema,
  shaSchema,
} from './delivery-parts';

const levelSchema = z.enum(['major', 'minor', 'patch', 'none']);

/** A commit that waits for a release. */
export const waitingCommitSchema = z.object({
  sha: shaSchema,
  subject: z.string(),
  author: z.string(),
  at: instantSchema,
  level: levelSchema,
  /** Why it counts as it does. */
  reason: z.string(),
  breaking: z.boolean(),
  pr: z
    .object({ number: z.number().int(), url: z.string().optional() })
    .optional(),
  url: z.string().optional(),
});
export type WaitingCommit = z.infer<typeof waitingCommitSchema>;

/** A branch that can be released: what waits on it. */
export const lineSchema = z.object({
  branch: z.string(),
  head: shaSchema,
  /** Those that count first; at most 20. */
  commits: z.array(waitingCommitSchema).max(20),
  /** How many more there are. */
  omitted: z.number().int().nonnegative(),
  count: z.number().int().nonnegative(),
  counting: z.number().int().nonnegative(),
  breaking: z.number().int().nonnegative(),
  next: z
    .object({
      version: z.string(),
      level: levelSchema,
      sentence: sentenceSchema,
    })
    .optional(),
  /** There were more commits than are read. */
  capped: z.literal(true).optional(),
  /** How many of a maintenance branch the release branch does not have. */
  notOnMain: z.number().int().positive().optional(),
  /** `1 fix of this branch is not on main: fix(net-worth): count credit cards.` */
  notOnMainSentence: z.string().optional(),
  compareUrl: z.string().optional(),
});
export type DeliveryLine = z.infer<typeof lineSchema>;

/** A version that was released. */
export const deliveryReleaseSchema = z.object({
  kind: z.literal('release'),
  version: z.string(),
  tag: z.string(),
  sha: shaSchema,
  at: instantSchema,
  by: personSchema.optional(),
  breaking: z.boolean(),
  /** Newest migration that is packed in it. */
  needs: z.string().optional(),
  /** At most 4 KB. */
  notes: z.string(),
  notesCut: z.literal(true).optional(),
  image: z.union([
    z.object({
      kind: z.literal('digest'),
      digest: imageDigestSchema,
      check: z.enum(['same', 'missing', 'differs', 'unchecked']),
      checkedAt: instantSchema.optional(),
    }),
    z.object({ kind: z.literal('none') }),
  ]),
  /** Keys of the effects of its release that are missing. */
  unfinished: z.array(z.string()),
  moved: z.object({ from: shaSchema, to: shaSchema }).optional(),
  rejected: z
    .object({
      by: personSchema.optional(),
      at: instantSchema.optional(),
      reason: z.string(),
    })
    .optional(),
  urls: z.object({
    release: z.string().optional(),
    tag: z.string().optional(),
    compare: z.string().optional(),
  }),
});
export type DeliveryRelease = z.infer<typeof deliveryReleaseSchema>;
