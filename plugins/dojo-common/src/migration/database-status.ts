import { z } from 'zod/v3';

/** What a child process of the portal is asked of a database that nobody changes: where it is. */
export const databaseStatusChildRequestSchema = z
  .object({
    kind: z.literal('database-status'),
    /** Absolute path of the DuckDB file. */
    database: z.string().min(1),
    /** Absolute folder below which no part of that path may be a link; absent: links are followed. */
    noLinksBelow: z.string().min(1).optional(),
    /** Bytes that DuckDB may hold; absent: what the machine can give. */
    memoryBytes: z.number().int().positive().optional(),
  })
  .strict();

/** @public */
export type DatabaseStatusChildRequest = z.output<
  typeof databaseStatusChildRequestSchema
>;

const at = z.string().datetime();

/** Where a database is. */
export const databaseStatusSchema = z.discriminatedUnion('kind', [
  /** There is no file. */
  z.object({ kind: z.literal('absent') }),
  /** There is one, and nothing says what was applied to it. */
  z.object({ kind: z.literal('unmanaged') }),
  z.object({
    kind: z.literal('managed'),
    /** Ascending by id, without `.sql`. */
    applied: z.array(
      z.object({
        id: z.string(),
        /** Absent: the table does not tell. */
        at: at.optional(),
        planHash: z.string().optional(),
        durationMs: z.number().nonnegative().optional(),
      }),
    ),
    /** Oldest first. */
    restores: z.array(
      z.object({
        /** Id of the backup that was made of what it replaced. */
        backup: z.string(),
        at,
        /** Level before and after it, or `empty`; absent: not known any more. */
        from: z.string().optional(),
        to: z.string().optional(),
      }),
    ),
  }),
]);

/** @public */
export type DatabaseStatus = z.output<typeof databaseStatusSchema>;
