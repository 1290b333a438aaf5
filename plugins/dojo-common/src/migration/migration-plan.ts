import { z } from 'zod/v3';
import { plannedEffectSchema } from '../planned-effect';
import { sha256Pattern } from '../sha256';
import { migrationFindingSchema } from './migration-finding';
import { migrationRequestSchema } from './migration-request';

const sha256 = z.string().regex(sha256Pattern);

/** A file that runs, by its bytes. `statement`: a transaction per statement; `one`: one for the whole file. */
const decidedFileSchema = z.object({
  /** File name without `.sql`: `0007_tags`, `caches/balance`. */
  id: z.string(),
  /** SHA-256 of its bytes. */
  checksum: sha256,
  transaction: z.enum(['one', 'statement']),
});
export type DecidedFile = z.infer<typeof decidedFileSchema>;

/** What makes the result; `planHash` is the SHA-256 of its canonical JSON. */
const migrationDecidesSchema = z.object({
  operation: z.enum(['migrate', 'rebuild-caches', 'restore']),
  /** Absolute path of the database, symbolic links resolved. */
  database: z.string(),
  /** Id of the last applied migration; absent: none. */
  from: z.string().optional(),
  /** Of the schema as it is, by {@link migrationShowsSchema}'s engine; absent: there is no database yet. */
  fromFingerprint: sha256.optional(),
  /** In the order they run. */
  migrations: z.array(decidedFileSchema),
  /** Run after a change, in this order; empty where they are skipped. */
  caches: z.array(decidedFileSchema),
  order: z.enum(['file', 'ddl-first']),
  keepBackups: z.number().int().positive(),
  /** For a database that is created here. */
  storageVersion: migrationRequestSchema.shape.storageVersion
    .removeDefault()
    .optional(),
  /** For restore: the backup that is put back. */
  backup: z.string().optional(),
});
export type MigrationDecides = z.infer<typeof migrationDecidesSchema>;

/** One statement of a file as it will run. */
const shownStatementSchema = z.object({
  /** Of its first word, in the file, from 1. */
  line: z.number().int().positive(),
  /** First words in capitals: `ALTER TABLE`, `INSERT`. */
  verb: z.string(),
  kind: z.enum(['ddl', 'dml', 'other']),
});
export type ShownStatement = z.infer<typeof shownStatementSchema>;

const shownMigrationSchema = z.object({
  id: z.string(),
  /** Path in the migrations folder. */
  file: z.string(),
  sql: z.string(),
  statements: z.array(shownStatementSchema),
  transaction: z.enum(['one', 'statement']),
  /** Why it runs a statement per transaction; absent for `one`. */
  transactionReason: z.string().optional(),
  /** `-- dojo:breaking`: the previous release cannot run on the new schema. */
  breaking: z.boolean(),
  /** `-- dojo:irreversible`: only a backup leads back. */
  irreversible: z.boolean(),
  /** SQL of its `-- dojo:assert` lines. */
  asserts: z.array(z.string()),
});
export type ShownMigration = z.infer<typeof shownMigrationSchema>;

/** What the pending files did on a private copy of this very database, COMMIT and asserts included. */
const rehearsalSchema = z.object({
  /** Of each statement, in the order they ran. */
  statements: z.array(
    z.object({
      /** Id of its migration or cache. */
      id: z.string(),
      line: z.number().int().positive(),
      verb: z.string(),
      /** Rows inserted, updated or deleted; absent where the statement changes none. */
      rows: z.number().int().nonnegative().optional(),
      /** Milliseconds. */
      duration: z.number().nonnegative(),
    }),
  ),
  /** Milliseconds, of the copy and everything on it. */
  duration: z.number().nonnegative(),
  /** Bytes that the folder needs while it runs: the copy at its largest. */
  diskBytes: z.number().int().nonnegative(),
  /** Bytes of the migrated database. */
  sizeAfter: z.number().int().nonnegative(),
  /** Ids that were planned in one transaction and that DuckDB could only run a statement per transaction. */
  split: z.array(z.string()),
});
export type Rehearsal = z.infer<typeof rehearsalSchema>;

const shownBackupSchema = z.object({
  id: z.string(),
  /** ISO 8601, when it was made. */
  at: z.string(),
  /** Id of the last migration applied in it; absent: none. */
  head: z.string().optional(),
  bytes: z.number().int().nonnegative(),
  /** A restore made it of the database that it replaced: `latest` never means it. */
  isReplaced: z.boolean(),
  /** Whether the database is this very backup now; absent: not looked at, which only a restore does. */
  isDatabase: z.boolean().optional(),
});
export type ShownBackup = z.infer<typeof shownBackupSchema>;

/** What a reader needs beside the decision; changes nothing. */
const migrationShowsSchema = z.object({
  /** One sentence: what will be done, or why nothing. */
  reason: z.string(),
  /** Absent: there is no database yet. */
  database: z
    .object({
      bytes: z.number().int().nonnegative(),
      /** Bytes of commits that are not folded into the file yet. */
      walBytes: z.number().int().nonnegative(),
      /** Storage version number in the file's header (64: DuckDB 1.0 and later). */
      storage: z.number().int(),
      /** DuckDB that created it, as the header says; may be empty. */
      creator: z.string(),
      applied: z.number().int().nonnegative(),
    })
    .optional(),
  /** DuckDB that runs it: `v1.5.5`. */
  engine: z.string(),
  /** Id of the last migration once it is done; absent: none. */
  to: z.string().optional(),
  migrations: z.array(shownMigrationSchema),
  findings: z.array(migrationFindingSchema),
  /** Absent: not rehearsed (yet). */
  rehearsal: rehearsalSchema.optional(),
  /** Newest first. */
  backups: z.array(shownBackupSchema),
  effects: z.array(plannedEffectSchema),
  warnings: z.array(z.string()),
});
export type MigrationShows = z.infer<typeof migrationShowsSchema>;

/** The plan of a migration: the dry run, the review page, `--json` and the agent's answer are all this value. */
export const migrationPlanSchema = z.object({
  kind: z.enum([
    'migrate',
    'already-migrated',
    'rebuild-caches',
    'restore',
    'already-restored',
  ]),
  decides: migrationDecidesSchema,
  shows: migrationShowsSchema,
});
export type MigrationPlan = z.infer<typeof migrationPlanSchema>;

/** Whether everything is done that the plan is for: there is nothing to run. */
export function isAlreadyDone({ kind }: Pick<MigrationPlan, 'kind'>): boolean {
  return kind === 'already-migrated' || kind === 'already-restored';
}
