import { z } from 'zod/v3';
import { versionSchema } from '../version';

/** Versions that a new database may be written for: every DuckDB from that one on opens it. */
export const storageVersionSchema = z.enum([
  'v1.0.0',
  'v1.2.0',
  'v1.3.0',
  'v1.4.0',
  'v1.5.0',
]);

/** Names a backup: `latest`, or its id as the plan lists it (`20261122T071530123Z-0013`). */
export const backupIdSchema = z
  .string()
  .regex(
    /^(?:latest|\d{8}T\d{9}Z-[0-9A-Za-z_]{1,64})$/,
    'must be latest, or the id of a backup such as 20261122T071530123Z-0013',
  );

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };
const maxSeconds = 24 * 3_600;

/** A run that takes longer is one that nobody waits for, and keeps the service from its database. */
function isWithinDay(duration: string): boolean {
  const seconds =
    Number(duration.slice(0, -1)) * (secondsOf[duration.slice(-1)] ?? NaN);
  return seconds <= maxSeconds;
}

/** What is done to the database, and how: the part of a request that needs no place. */
const migrationOptionsSchema = z.object({
  operation: z
    .enum(['migrate', 'rebuild-caches', 'restore'])
    .default('migrate')
    .describe(
      'migrate: run what is pending; rebuild-caches: derive the cache tables again; restore: put a backup back',
    ),
  order: z
    .enum(['file', 'ddl-first'])
    .default('file')
    .describe(
      'file: migration by migration; ddl-first: all pending DDL, then all pending DML',
    ),
  keepBackups: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe(
      'Backups kept beside the database, the newest ones; as many of those that restores replaced',
    ),
  skipCacheRebuild: z
    .boolean()
    .default(false)
    .describe('Leaves the cache tables as they are'),
  storageVersion: storageVersionSchema
    .default('v1.0.0')
    .describe('Oldest DuckDB that opens a database which is created here'),
  backup: backupIdSchema
    .optional()
    .describe(
      'For restore: which backup; default: latest, the newest that is not of a restore',
    ),
});

/** What a person may choose in a form or from an agent; defaults as in docs/reference/actions.md. */
export const migrationChoicesSchema = migrationOptionsSchema
  .extend({
    version: versionSchema
      .optional()
      .describe('Release whose migrations are run; default: the newest one'),
    deadline: z
      .string()
      .regex(/^[1-9]\d{0,4}(?:s|m|h)$/, 'must be a duration such as 90s or 30m')
      .refine(isWithinDay, 'must not be longer than 24h')
      .default('30m')
      .describe('The run is given up, and nothing changed, after this long'),
  })
  .strict();

/** As written, before defaults. */
export type MigrationChoicesInput = z.input<typeof migrationChoicesSchema>;
export type MigrationChoices = z.output<typeof migrationChoicesSchema>;

/** The engine's request: which file, and the options. The migration files come from a port. */
export const migrationRequestSchema = migrationOptionsSchema
  .extend({
    database: z
      .string()
      .min(1)
      .describe('Path of the DuckDB file; it may not exist yet'),
  })
  .strict();
export type MigrationRequestInput = z.input<typeof migrationRequestSchema>;
export type MigrationRequest = z.output<typeof migrationRequestSchema>;
