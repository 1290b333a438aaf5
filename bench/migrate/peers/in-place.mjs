/**
 * What DuckDB itself takes, as a runner with no rules: every file of a folder in place, a transaction each.
 *
 *     node in-place.mjs [<file> <folder>]     # without arguments: only loads and starts the engine
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [file = ':memory:', folder] = process.argv.slice(2);
const instance = await DuckDBInstance.create(file);
const connection = await instance.connect();
for (const name of folder ? readdirSync(folder).sort() : []) {
  await connection.run('BEGIN');
  await connection.run(readFileSync(join(folder, name), 'utf8'));
  await connection.run('COMMIT');
}
connection.closeSync();
instance.closeSync();
