import type { Json } from '@duckdb/node-api';
import type { SqlFile } from '../migrate/files/migration';
import { duckdbErrors } from './duckdb-errors';
import type { DuckdbSession } from './engine/duckdb-session';
import { saidByDuckdb } from './engine/parse-duckdb-failure';

const maxAnswerLength = 100;

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
        place,
        query.slice(0, maxAnswerLength),
        rows.length > 1
          ? 'more than one row'
          : `one row ${JSON.stringify(rows[0]).slice(0, maxAnswerLength)}`,
      );
    }
  }
}
