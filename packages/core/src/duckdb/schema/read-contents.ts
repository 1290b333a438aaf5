import type {
  AskedTables,
  CountedTable,
  DatabaseContents,
} from '../../migrate/losses/database-contents';
import { comparedPath, splitName } from '../../migrate/sql/token-cursor';
import type { DuckdbSession } from '../engine/duckdb-session';
import { quoteIdentifier, quoteText } from '../engine/quote-sql';

/** Of tables with more rows than that, or beyond that many tables, DuckDB's own figure is told: writers wait meanwhile. */
const maxCountedRows = 10_000_000;
const maxCountedTables = 100;
/** Characters of the texts of views that are read. */
const maxViewText = 2 * 1024 * 1024;

/** Reads what there is of an attached database that somebody may take away: base tables and the catalog alone. */
export async function readContents(
  session: DuckdbSession,
  database: string,
  asked: AskedTables,
): Promise<DatabaseContents> {
  const tables = await readTables(session, database, asked);
  const views = await session.rows(
    `SELECT schema_name, view_name, if(total <= ${maxViewText}, sql, NULL) FROM (
      SELECT schema_name, view_name, sql, sum(length(sql)) OVER (ORDER BY schema_name, view_name) AS total
        FROM duckdb_views() WHERE database_name = ${quoteText(
          database,
        )} AND NOT internal) ORDER BY ALL`,
  );
  const read = views.flatMap(([schema, name, sql]) =>
    typeof sql === 'string'
      ? [{ schema: String(schema), name: String(name), sql }]
      : [],
  );
  return { tables, views: read, viewsLeft: views.length - read.length };
}

async function readTables(
  session: DuckdbSession,
  database: string,
  asked: AskedTables,
): Promise<CountedTable[]> {
  if (asked.size === 0) return [];
  const rows = await session.rows(
    `SELECT schema_name, table_name, estimated_size FROM duckdb_tables()
      WHERE database_name = ${quoteText(
        database,
      )} AND NOT internal ORDER BY ALL`,
  );
  const found = rows
    .map(([schema, name, size]) => ({
      schema: String(schema),
      name: String(name),
      rows: Number(size),
      isCounted: false,
    }))
    .filter(({ schema, name }) => {
      const compared = comparedPath(schema, name);
      const prefix = splitName(compared).schema || 'main.';
      return asked.has(compared) || asked.has(prefix);
    });
  const tables: CountedTable[] = [];
  for (const table of found) {
    const isSmall =
      table.rows <= maxCountedRows && tables.length < maxCountedTables;
    tables.push(isSmall ? await count(session, database, table) : table);
  }
  return tables;
}

/** Of no column: what is computed for one, somebody else wrote. */
async function count(
  session: DuckdbSession,
  database: string,
  table: CountedTable,
): Promise<CountedTable> {
  const path = [database, table.schema, table.name].map(quoteIdentifier);
  const [[rows]] = await session.rows(`SELECT count(*) FROM ${path.join('.')}`);
  return { ...table, rows: Number(rows), isCounted: true };
}
