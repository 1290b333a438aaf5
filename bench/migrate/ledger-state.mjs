/** What became of a ledger, as each DuckDB that an app may run sees it. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readCommand } from './read-ledger.mjs';

export const VERSIONS = ['1.3.2', '1.4.5', '1.5.6', '2.0.0'];

/** Two ledgers with the same answer were migrated alike: applied migrations, columns, indexes, rows. */
const stateQuery = applied => `
  SELECT (${applied}),
    (SELECT count(*) FROM t),
    (SELECT sum(a) FROM t),
    (SELECT string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable), ', ' ORDER BY table_name, column_index)
      FROM duckdb_columns() WHERE table_name IN ('t', 'g')),
    (SELECT string_agg(index_name, ', ' ORDER BY index_name) FROM duckdb_indexes() WHERE table_name IN ('t', 'g'))`;

/** By version: the state as text, or undefined where that version cannot open the ledger. Works on copies. */
export async function statesOf(file, applied) {
  const copies = join(dirname(dirname(file)), 'copies');
  const states = await Promise.all(
    VERSIONS.map(async version => {
      const copy = join(copies, version, 'ledger.duckdb');
      mkdirSync(dirname(copy), { recursive: true });
      for (const end of ['', '.wal'])
        if (existsSync(file + end)) cpSync(file + end, copy + end);
      const [command, ...args] = readCommand(
        version,
        copy,
        stateQuery(applied),
      );
      return promisify(execFile)(command, args).then(
        ({ stdout }) => stdout,
        () => undefined,
      );
    }),
  );
  rmSync(copies, { recursive: true });
  return states;
}
