import { z } from 'zod/v3';
import { dojoErrorSchema } from './dojo-error';
import { migrationResultSchema } from './migration/migration-result';

/** What every operation tells, whatever it does. */
const progress = {
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  /** ISO 8601. */
  startedAt: z.string(),
  /** The last lines of its log, oldest first. */
  lines: z.array(z.string()),
  /** Why it ended without a result; with `failed` only. */
  error: dojoErrorSchema.optional(),
};

/** The run of a migration on a private copy; the database stays as it is. */
export const migrationRehearsalSchema = z.object({
  ...progress,
  kind: z.literal('migration-rehearsal'),
  /** With `done` only. */
  result: migrationResultSchema.optional(),
});

/**
 * Long work of a backend that somebody follows by its id, while it runs and after it: the answer of
 * `GET /api/dojo/operations/:id` and of the routes that start one. `kind` says what it does, and so what `result` is once
 * its `state` is `done`.
 */
export const operationSchema = z.discriminatedUnion('kind', [
  migrationRehearsalSchema,
]);

/** @public */
export type Operation = z.infer<typeof operationSchema>;

/** An operation of one kind: `OperationOf<'migration-rehearsal'>`. @public */
export type OperationOf<TKind extends Operation['kind']> = Extract<
  Operation,
  { kind: TKind }
>;
