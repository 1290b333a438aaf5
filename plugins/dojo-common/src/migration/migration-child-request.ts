import { z } from 'zod/v3';
import { planHashSchema } from '../plan-hash';
import { migrationRequestSchema } from './migration-request';

/**
 * What a child process of the portal is asked to do with a database: everything that `dojo migrate`, `rebuild-caches` and
 * `restore` take as flags.
 */
export const migrationChildRequestSchema = z
  .object({
    kind: z.literal('migration'),
    /**
     * How far it goes. `plan`: it reads and plans, and changes no byte; `rehearse`: it also runs the plan on a private
     * copy; `run`: the copy takes the database's place.
     */
    mode: z.enum(['plan', 'rehearse', 'run']),
    request: migrationRequestSchema,
    /** Folder of the SQL, relative to the child's own; absent: a restore, which needs none. */
    migrations: z.string().min(1).optional(),
    /** Absolute folder below which no part of the database's path may be a link; absent: links are followed. */
    noLinksBelow: z.string().min(1).optional(),
    /** Bytes that DuckDB may hold, and that it may spill to the disk; absent: what the machine can give. */
    memoryBytes: z.number().int().positive().optional(),
    spillBytes: z.number().int().positive().optional(),
    /** Of the reviewed plan: a conflict when the plan made now is another one. */
    planHash: planHashSchema.optional(),
  })
  .strict();

/** @public */
export type MigrationChildRequest = z.output<
  typeof migrationChildRequestSchema
>;

/** Tells `context` of a request that cannot be carried out for want of the SQL's folder. */
export function refineMigrations(
  { request, migrations }: MigrationChildRequest,
  context: z.RefinementCtx,
): void {
  if (request.operation === 'restore' || migrations !== undefined) return;
  context.addIssue({
    code: z.ZodIssueCode.custom,
    path: ['migrations'],
    message: 'required, but to restore a backup',
  });
}
