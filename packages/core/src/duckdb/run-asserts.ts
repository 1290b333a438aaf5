import type { Json } from '@duckdb/node-api';
import type { SqlFile } from '../migrate/files/migration';
import { duckdbErrors } from './duckdb-errors';
import type { DuckdbSession } from './engine/duckdb-session';
import { saidByDuckdb } from './engine/parse-duckdb-failure';

const maxAnswerLength = 100;
/** Rows that are counted: beyond that there is no figure that anybody needs. */
const maxCounted = 10_000;

/** @throws DojoError MIGRATION_ASSERT_FAILED, MIGRATION_STATEMENT_FAILED. */
export async function runAsserts(
  file: Pick<SqlFile, 'path' | 'asserts'>,
  session: DuckdbSession,
): Promise<void> {
  for (const { sql, line } of file.asserts) {
    const place = `${file.path}:${line}`;
    const query = sql.trim().replace(/;\s*$/, '');
    let rows: Json[][];
    try {
      // Two rows tell enough, however many there are. The line end closes a comment at the end of the query.
      rows = await session.rows(`SELECT * FROM (${query}\n) LIMIT 2`);
    } catch (error) {
      if (session.isEnded) throw error;
      throw duckdbErrors.statementFailed({
        place,
        verb: 'dojo:assert',
        said: saidByDuckdb(error),
      });
    }
    const passes =
      rows.length === 0 ||
      (rows.length === 1 && rows[0].length === 1 && rows[0][0] === true);
    if (!passes) {
      throw duckdbErrors.assertFailed(
        { path: file.path, line },
        rows.length === 1 ? oneRow(rows[0]) : await countRows(query, session),
      );
    }
  }
}

/** A single value tells what was asked; of a row with more of them one sees what was found. */
function oneRow(row: Json[]): string {
  const shown = JSON.stringify(row.length === 1 ? row[0] : row);
  const cut = shown.slice(0, maxAnswerLength);
  return row.length === 1 ? `it answers ${cut}` : `1 row, ${cut}`;
}

async function countRows(
  query: string,
  session: DuckdbSession,
): Promise<string> {
  const counted = await session.rows(
    `SELECT count(*) FROM (SELECT * FROM (${query}\n) LIMIT ${maxCounted + 1})`,
  );
  const count = Number(counted[0][0]);
  return count > maxCounted
    ? `more than ${maxCounted.toLocaleString('en')} rows`
    : `${count} rows`;
}
