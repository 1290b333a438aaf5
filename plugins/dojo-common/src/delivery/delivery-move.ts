import { z } from 'zod/v3';
import { instantSchema } from './delivery-parts';

/** Commits that count for a version, as one version has them and another lacks them. */
export const movedChangesSchema = z.object({
  count: z.number().int().positive(),
  /** `6 changes leave: 1 breaking, 2 features, 2 fixes, 1 performance`. */
  sentence: z.string(),
  /** Newest first, at most 50. */
  commits: z
    .array(
      z.object({
        sha: z.string(),
        subject: z.string(),
        at: instantSchema,
        breaking: z.boolean(),
        pr: z.number().int().positive().optional(),
      }),
    )
    .max(50),
  omitted: z.number().int().nonnegative(),
});
/** @public */
export type MovedChanges = z.infer<typeof movedChangesSchema>;

/** The answer of `GET …/delivery/move?environment=&version=`: what a version would change in an environment. */
export const deliveryMoveSchema = z.object({
  environment: z.string(),
  version: z.string(),
  /** The version that git wants there; absent: none, or it is not known. */
  from: z.string().optional(),
  /** Whether the version is below that one. */
  isBelow: z.boolean(),
  /** What it has and that one lacks; absent: nothing, or it is not known. */
  comes: movedChangesSchema.optional(),
  /** What that one has and it lacks; absent: nothing, or it is not known. */
  leaves: movedChangesSchema.optional(),
  /** What comes of the database, or that nobody looked at it; absent: the version needs none, or a rule tells of it. */
  database: z.string().optional(),
  /** `Lands when somebody other than owner merges it.`; absent: nobody else has to. */
  landing: z.string().optional(),
});
/** @public */
export type DeliveryMove = z.infer<typeof deliveryMoveSchema>;

/** What is asked with it. */
export const deliveryMoveQuerySchema = z
  .object({
    environment: z.string().min(1).max(100),
    /** Version or tag. */
    version: z.string().min(1).max(200),
    /** The one that is there, by a plan; default: what git wants, as far as it was read. */
    from: z.string().min(1).max(200).optional(),
    /** Whether it is gone back to. */
    rollback: z.literal('true').optional(),
  })
  .strict();
/** @public */
export type DeliveryMoveQuery = z.input<typeof deliveryMoveQuerySchema>;
