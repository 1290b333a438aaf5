import type { MigrationFinding, Rehearsal } from 'backstage-plugin-dojo-common';
import type { Clock } from '../plan/clock';
import type { DatabaseFile, DatabaseState } from './database-state';
import type { WrittenSince } from './losses/written-since';
import type { AskedTables, DatabaseContents } from './losses/database-contents';
import type { MigrationFile, MigrationSet, SqlFile } from './files/migration';

/** Where the migration files come from: a folder, or a tag of a repository. */
export interface MigrationSource {
  /** For messages. */
  readonly display: string;
  /** Every file of the folder and of its `caches/` that ends in `.sql`, in no particular order. */
  read(signal: AbortSignal): Promise<readonly MigrationFile[]>;
}

/** What runs on the copy, as the plan decided it. */
export interface MigrationWork {
  readonly set: MigrationSet;
  /** In their order; `transaction` is the plan's. */
  readonly pending: readonly PlannedFile[];
  readonly caches: readonly PlannedFile[];
  readonly order: 'file' | 'ddl-first';
  readonly planHash: string;
  /** Whether the schema is known to be what the applied migrations make: only then it is recorded what it is after. */
  readonly isExplained: boolean;
}

/** A file and how it runs. */
export interface PlannedFile {
  readonly file: SqlFile;
  readonly transaction: 'one' | 'statement';
}

/** Options of work on a copy. */
export interface MigrationWorkOptions {
  readonly signal: AbortSignal;
  /** A line per migration; every 10 s of a long one its elapsed time and the size of the copy. */
  readonly log: (line: string) => void;
}

/** What was read of a database. */
export interface ReadState {
  readonly state: DatabaseState;
  /**
   * Runs what is applied again, to compare the schema with what that makes: SQL that others wrote, and as long as it
   * takes. It needs the database no more, and must not run while the database is held. Absent: the state says it all.
   */
  readonly judge?: (options: JudgeOptions) => Promise<JudgedSchema>;
}

/** What is known of the schema once it was judged. */
export type JudgedSchema = Pick<
  DatabaseFile,
  'drift' | 'unchecked' | 'unexplained'
>;

/** Options of {@link ReadState.judge}. */
export interface JudgeOptions {
  readonly signal: AbortSignal;
  /** What it may take before it is given up, and the schema unchecked; absent: what it needs. */
  readonly budget?: {
    readonly milliseconds: number;
    readonly bytes: number;
  };
}

/** A database that is held: no other process writes it, and no other run of this process has it, until `release`. */
export interface HeldDatabase {
  /** Reads what takes a moment, whatever there is. @param set tells how ids are written. */
  readState(set: MigrationSet, signal: AbortSignal): Promise<ReadState>;
  /**
   * Counts the rows of tables, as far as that takes a moment, and reads the texts of the views; runs nothing of either.
   * @returns undefined: there is no database.
   */
  readContents(
    asked: AskedTables,
    signal: AbortSignal,
  ): Promise<DatabaseContents | undefined>;
  /**
   * Runs the work on a private copy, COMMIT, asserts and caches included, and verifies it reopened.
   * @throws DojoError with file and line; database and WAL are then byte for byte as they were.
   */
  prepare(
    work: MigrationWork,
    options: MigrationWorkOptions,
  ): Promise<PreparedDatabase>;
  /** A copy of the backup, verified. */
  prepareBackup(
    id: string,
    options: MigrationWorkOptions,
  ): Promise<PreparedDatabase>;
  release(): Promise<void>;
}

/** A verified copy that may take the database's place. */
export interface PreparedDatabase {
  readonly rehearsal: Rehearsal;
  /** What only the run has shown and a reader should know, a sentence each: views that broke, rows that went. */
  readonly warnings?: readonly string[];
  /** Of a backup: id of the last migration applied in it, as it says itself; absent: none. */
  readonly head?: string;
  /** Id of the backup that what is there now becomes: a new one, or the one that a restore made which was cut off. */
  nameBackup(now: Date): Promise<string>;
  /** Whether what is there now is kept as that backup. */
  isKept(backup: string): Promise<boolean>;
  /** Keeps what is there now as that backup; the database itself stays as it is. */
  keep(backup: string): Promise<void>;
  /** Whether the copy is the database now. */
  isReplaced(): Promise<boolean>;
  /**
   * Puts the copy in the database's place: all or nothing, also when killed. Backups beyond `keepBackups` are removed.
   * @param options `backup`: what is there was kept as this one; absent: nothing is there.
   */
  replace(options: {
    readonly backup: string | undefined;
    readonly keepBackups: number;
  }): Promise<void>;
  /** Removes the copy, and a backup that was made for nothing: what was not replaced is as it was. */
  discard(): Promise<void>;
}

/** Opens databases. */
export interface DatabaseHolder {
  /**
   * @param access `read` keeps writers out; `write` keeps everybody out, and is needed to publish.
   * @throws DojoError naming who holds it, or why it is no database this engine can read; nothing was changed.
   */
  hold(
    options: {
      readonly database: string;
      readonly access: 'read' | 'write';
      /** For a database that does not exist yet. */
      readonly storageVersion: string;
      /** Holds a database also where it does not open, and tells which of its backups it is; default false. */
      readonly toRestore?: boolean;
    },
    signal: AbortSignal,
  ): Promise<HeldDatabase>;
  /**
   * Counts what a database has and one of its backups has not; holds neither afterwards. To be asked while nobody of this
   * run holds the database.
   * @returns undefined: they could not be compared.
   */
  readWrittenSince(
    options: { readonly database: string; readonly backup: string },
    signal: AbortSignal,
  ): Promise<WrittenSince | undefined>;
}

/** Judges SQL without running it. */
export interface SqlParser {
  /** @returns SQL_SYNTAX for the first statement of each file, and for each assert, that the engine cannot parse. */
  findSyntaxErrors(
    files: readonly SqlFile[],
    signal: AbortSignal,
  ): Promise<MigrationFinding[]>;
}

/** What a migration needs of the outside. */
export interface MigrationPorts {
  readonly clock: Clock;
  readonly source: MigrationSource;
  readonly databases: DatabaseHolder;
  readonly parser: SqlParser;
}
