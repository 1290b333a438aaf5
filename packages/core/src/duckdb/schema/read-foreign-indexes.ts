import type { ForeignIndex } from '../../migrate/database-state';
import type { DuckdbSession } from '../engine/duckdb-session';
import { quoteText } from '../engine/quote-sql';

/** The kind that is part of DuckDB; its SQL does not name it. */
const ownType = 'ART';

/** Indexes of a kind that an extension provides: DuckDB reads such a database without it, and cannot fold it. */
export async function readForeignIndexes(
  session: DuckdbSession,
  database: string,
): Promise<ForeignIndex[]> {
  const rows = await session.rows(
    `SELECT schema_name, table_name, index_name, sql FROM duckdb_indexes()
      WHERE database_name = ${quoteText(database)} AND sql ILIKE '% USING %'`,
  );
  return rows.flatMap(([schema, table, name, sql]) => {
    const [, type] = /\sUSING\s+"?(\w+)"?\s*\(/i.exec(String(sql)) ?? [];
    return type === undefined || type.toUpperCase() === ownType
      ? []
      : [{ name: `${schema}.${name}`, table: `${schema}.${table}`, type }];
  });
}
