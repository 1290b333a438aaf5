import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import type { FolderFile } from '../../repository/repository-data';

/** One statement of a file. */
export interface SqlStatement {
  /** Without the closing semicolon and what precedes its first word. */
  readonly text: string;
  /** Line of its first word, from 1. */
  readonly line: number;
  /** First words in capitals, as many as name it: `ALTER TABLE`, `CREATE UNIQUE INDEX`, `INSERT`. */
  readonly verb: string;
  /** `ddl` changes the schema, `dml` changes rows, `other` does neither (SELECT, PRAGMA, SET …). */
  readonly kind: 'ddl' | 'dml' | 'other';
}

/** A file as the source gave it; its path in the migrations folder: `0001_core.sql`, `caches/balance.sql`. */
export type MigrationFile = FolderFile;

/** A `-- dojo:assert` line: passes with no row, or with one row of one value that is TRUE. */
export interface Assertion {
  readonly sql: string;
  readonly line: number;
}

/** A file, read: a migration, or a rebuild of a cache. */
export interface SqlFile {
  /** Path without `.sql`: `0007_tags`, `caches/balance`. */
  readonly id: string;
  readonly path: string;
  /** Without byte order mark. */
  readonly sql: string;
  readonly statements: readonly SqlStatement[];
  /** SHA-256 of its bytes. */
  readonly checksum: string;
  /** SHA-256 of its tokens: the same whatever happens to comments, white space and line ends. */
  readonly tokenChecksum: string;
  /** `-- dojo:split`: a transaction per statement. */
  readonly split: boolean;
  readonly breaking: boolean;
  readonly irreversible: boolean;
  readonly asserts: readonly Assertion[];
  /** What is wrong with its text, by line; the statements are then those before it. */
  readonly findings: readonly MigrationFinding[];
}

/** The migrations folder, read: ids ascending, caches by name. */
export interface MigrationSet {
  readonly migrations: readonly SqlFile[];
  readonly caches: readonly SqlFile[];
}
