import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const FOLDER = resolve(__dirname, '../../../../migrations');

/** One file of `migrations/`, with what its header says. */
export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  /** Each statement is a transaction of its own. */
  readonly split: boolean;
  readonly breaking: boolean;
  readonly irreversible: boolean;
  /** Queries that pass with no row, or with a single one that is TRUE. */
  readonly asserts: readonly string[];
}

/** The ledger's migrations in their order. */
export const readMigrations = (): MigrationFile[] => readFolder(FOLDER);

/** The rebuilds of its derived tables. */
export const readCacheRebuilds = (): MigrationFile[] =>
  readFolder(join(FOLDER, 'caches'));

function readFolder(folder: string): MigrationFile[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name =>
      toMigrationFile(name, readFileSync(join(folder, name), 'utf8')),
    );
}

function toMigrationFile(name: string, sql: string): MigrationFile {
  const header = /^(?:--.*\n)*/.exec(sql)?.[0] ?? '';
  const directives = [...header.matchAll(/^-- dojo:(\w+) ?(.*)$/gm)];
  const has = (word: string) => directives.some(([, found]) => found === word);
  return {
    name,
    sql,
    split: has('split'),
    breaking: has('breaking'),
    irreversible: has('irreversible'),
    asserts: directives
      .filter(([, found]) => found === 'assert')
      .map(([, , query]) => query),
  };
}
