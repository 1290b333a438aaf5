import type { BackupFacts } from './backup-id';
import type { WrittenSince } from './losses/written-since';
import type { DatabaseContents } from './losses/database-contents';

/** A row of `applied_migrations`, with what `applied_migrations_meta` knows of it. */
export interface AppliedMigration {
  /** As the files name it; the forms `0001` and `0001_core.sql` are made so on read, where a file tells. */
  readonly id: string;
  /** Absent: the row is older than our bookkeeping; it is adopted with the next run. */
  readonly meta?: AppliedMeta;
}

/** What was recorded beside an applied migration. */
export interface AppliedMeta {
  readonly checksum: string;
  readonly tokenChecksum: string;
  /** Of the schema after the run that applied it; only on the last of each run. */
  readonly fingerprint?: string;
  /** DuckDB that applied it: `v1.5.5`. */
  readonly engine: string;
  /** Of the plan whose run applied it. */
  readonly planHash?: string;
}

/** A backup beside the database. */
export interface DatabaseBackup extends BackupFacts {
  readonly id: string;
  readonly bytes: number;
  /** Whether the database is this very backup now; only told to a restore. */
  readonly isDatabase?: boolean;
}

/** A database as it is, read without changing a byte of it. */
export interface DatabaseState {
  /** Absolute, symbolic links resolved. */
  readonly database: string;
  /** DuckDB that reads it. */
  readonly engine: string;
  /** Absent: there is no file yet, or it is {@link DatabaseState.broken}. */
  readonly file?: DatabaseFile;
  /** There is a file, and this is why it does not open; only told to a restore, everything else is refused. */
  readonly broken?: string;
  /** Newest first. */
  readonly backups: readonly DatabaseBackup[];
  /** What a restore would lose; `undefined` in it: the two do not compare. Absent: not looked at. */
  readonly writtenSince?: { readonly found: WrittenSince | undefined };
}

/** An index of a kind that is not part of DuckDB. */
export interface ForeignIndex {
  /** With its schema, like the table. */
  readonly name: string;
  readonly table: string;
  /** `HNSW` */
  readonly type: string;
}

/** An existing database. */
export interface DatabaseFile {
  readonly bytes: number;
  readonly walBytes: number;
  /** Storage version number of the header. */
  readonly storage: number;
  readonly creator: string;
  /** Ascending by id; empty also where the table does not exist. */
  readonly applied: readonly AppliedMigration[];
  /** SHA-256 of the schema as it is, without our own tables. */
  readonly fingerprint: string;
  /**
   * What of the schema is not as it should be: as the fingerprint says that this engine recorded, else an in-memory replay
   * of the applied files. In words, at most a screenful; empty: no drift. Absent: not known, or nothing is applied.
   */
  readonly drift?: readonly string[];
  /** What only an extension can write; absent: nothing. */
  readonly foreignIndexes?: readonly ForeignIndex[];
  /** Why it is not known what the schema should be. */
  readonly unchecked?: string;
  /** What there is though nothing is applied, `table main.bookings`; absent: nothing, or something is applied. */
  readonly unexplained?: readonly string[];
  /** What of it pending files may take away or break; absent: nothing, or a run on a copy will tell. */
  readonly contents?: DatabaseContents;
}

/** Whether there is a database, and so something to keep, also where it does not open. */
export function isThere({
  file,
  broken,
}: Pick<DatabaseState, 'file' | 'broken'>): boolean {
  return file !== undefined || broken !== undefined;
}
