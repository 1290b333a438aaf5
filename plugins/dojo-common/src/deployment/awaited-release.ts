import { z } from 'zod/v3';

const oid = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
/** Files of one release, and more: version files are a handful. */
const maxEdits = 1_000;

/**
 * What a release that was planned, and not made yet, will make: enough to plan a deployment of it now
 * (docs/adr/0010-shipping-in-one-review.md).
 */
export const awaitedReleaseSchema = z
  .object({
    /** Commit that will be released, where no tag names it yet: its files are those of the release commit but for `edits`. */
    head: oid.optional(),
    /** Paths of the files that the release commit changes. */
    edits: z.array(z.string().max(512)).max(maxEdits).optional(),
    /** The image that gets the version's tag; absent: none does, or it has it. */
    image: z
      .object({ repository: z.string(), tag: z.string(), digest })
      .strict()
      .optional(),
  })
  .strict();

/** @public */
export type AwaitedRelease = z.output<typeof awaitedReleaseSchema>;

/**
 * What stands for the object id of a release commit that is not made yet: zeros, as git writes the id of nothing.
 *
 * @param like - an object id of the same repository, for its length
 */
export function awaitedCommit(like: string): string {
  return '0'.repeat(like.length);
}

/** Whether an object id stands for a commit that is not made yet. @public */
export function isAwaitedCommit(oidOrZeros: string): boolean {
  return /^0+$/.test(oidOrZeros);
}
