import { z } from 'zod/v3';
import type { FindingCode } from '../error-codes';

/**
 * What preflight or lint has to say about the files or the database. `error`: nothing runs; `warning`: it runs, and a
 * reader should know; `note`: how it will run.
 */
export const migrationFindingSchema = z.object({
  /** Stable name of the rule, such as `MIGRATION_GAP` or `LINT_EMBEDDED_TRANSACTION` (docs/reference/migrations.md). */
  code: z
    .string()
    .refine((code): code is FindingCode => /^[A-Z][A-Z0-9_]*$/.test(code)),
  severity: z.enum(['error', 'warning', 'note']),
  /** Path in the migrations folder, such as `0007_tags.sql` or `caches/balance.sql`. */
  file: z.string().optional(),
  /** From 1. */
  line: z.number().int().positive().optional(),
  /** One sentence with the values in it. */
  message: z.string(),
  /** What to do; for lint, the SQL to write instead. */
  hint: z.string().optional(),
});
export type MigrationFinding = z.infer<typeof migrationFindingSchema>;

/** The message after its place, `0007_tags.sql:12: …`, unless it begins with that. */
export function sentenceOfFinding({
  file,
  line,
  message,
}: Pick<MigrationFinding, 'file' | 'line' | 'message'>): string {
  if (file === undefined) return message;
  const place = line === undefined ? file : `${file}:${line}`;
  return message.startsWith(place) ? message : `${place}: ${message}`;
}

/**
 * The answer of `dojo migrate --check`. `current`: every migration is applied; `pending`: some are not, and they may
 * run; `refused`: a finding of severity `error`.
 */
export const migrationCheckSchema = z.object({
  outcome: z.enum(['current', 'pending', 'refused']),
  /** Absent: the folder alone was checked. */
  database: z.string().optional(),
  /** Id of the last applied migration. */
  head: z.string().optional(),
  applied: z.array(z.string()),
  pending: z.array(z.string()),
  findings: z.array(migrationFindingSchema),
});
export type MigrationCheck = z.infer<typeof migrationCheckSchema>;
