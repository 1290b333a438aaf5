import { duckdbErrors } from '../duckdb-errors';
import type { DuckdbSession } from '../engine/duckdb-session';
import { quoteText } from '../engine/quote-sql';
import { appliedTable, metaTable } from './schema-entries';

/**
 * Finds out which of our two tables there are, without reading either: to be asked before anybody does. Under the name
 * of one there may be a view, which would run what somebody wrote.
 *
 * @param database the name under which the file is attached.
 * @param path of the file, for messages.
 * @throws DojoError DATABASE_APPLIED_TABLE_FOREIGN.
 */
export async function findAppliedTables(
  session: DuckdbSession,
  database: string,
  path: string,
): Promise<ReadonlySet<string>> {
  // All by their full names: among migrations, a macro may hide them.
  const named = (kind: string) =>
    `SELECT '${kind}', system.main.lower(${kind}_name) FROM system.main.duckdb_${kind}s()
      WHERE database_name = ${quoteText(database)} AND schema_name = 'main'
        AND system.main.lower(${kind}_name) IN ('${appliedTable}', '${metaTable}')`;
  const rows = await session.rows(
    `${named('table')} UNION ALL ${named('view')}`,
  );
  const other = rows.find(([kind]) => kind !== 'table');
  if (other) {
    throw duckdbErrors.appliedTableReplaced(path, String(other[1]));
  }
  return new Set(rows.map(([, name]) => String(name)));
}
