import { z } from 'zod/v3';

/**
 * A replacement of `[start, end)` of a file's text, in UTF-16 code units of the text as it stands before the change.
 * Everything outside splices stays byte for byte.
 */
export const spliceSchema = z.object({
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  text: z.string(),
});
export type Splice = z.infer<typeof spliceSchema>;

/** A file's change as a reader sees it; `lines` holds at most a screenful, `omitted` counts the rest. */
export const fileDiffSchema = z.object({
  path: z.string(),
  created: z.boolean(),
  lines: z.array(
    z.object({ kind: z.enum(['context', 'add', 'remove']), text: z.string() }),
  ),
  omitted: z.number().int().nonnegative(),
});
export type FileDiff = z.infer<typeof fileDiffSchema>;
