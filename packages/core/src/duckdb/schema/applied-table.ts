import type { Json } from '@duckdb/node-api';
import type { DuckdbSession } from '../engine/duckdb-session';
import { saidByDuckdb } from '../engine/parse-duckdb-failure';
import { quoteIdentifier, quoteText } from '../engine/quote-sql';
import { appliedTable, metaTable } from './schema-entries';

/** A column of a table. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly mustBeGiven: boolean;
}

/** Columns of one of the tables; none where it does not exist. */
export async function readColumns(
  session: DuckdbSession,
  database: string,
  table: string,
): Promise<Column[]> {
  let rows: Json[][];
  try {
    rows = await session.rows(
      // By its full name: among migrations, a macro may hide it.
      `SELECT name, type, "notnull" AND dflt_value IS NULL FROM system.main.pragma_table_info(${quoteText(
        tableIn(database, table),
      )})`,
    );
  } catch (error) {
    if (!/does not exist/.test(saidByDuckdb(error))) throw error;
    return [];
  }
  return rows.map(([name, type, mustBeGiven]) => ({
    name: String(name).toLowerCase(),
    type: String(type),
    mustBeGiven: mustBeGiven === true,
  }));
}

/** Makes the two tables where they are missing. */
export async function createAppliedTables(
  session: DuckdbSession,
  database: string,
): Promise<void> {
  // No default: on a table with one that calls a function, DuckDB 1.3 to 1.5 cannot replay any later ALTER.
  await session.run(
    `CREATE TABLE IF NOT EXISTS ${tableIn(
      database,
      appliedTable,
    )}(id VARCHAR PRIMARY KEY, applied_at TIMESTAMP);
     CREATE TABLE IF NOT EXISTS ${tableIn(
       database,
       metaTable,
     )}(id VARCHAR PRIMARY KEY, checksum VARCHAR NOT NULL, token_checksum VARCHAR NOT NULL,
       duration_ms DOUBLE, engine VARCHAR NOT NULL, runner VARCHAR NOT NULL, plan_hash VARCHAR NOT NULL,
       fingerprint VARCHAR, fingerprint_engine VARCHAR)`,
  );
}

/** By its full name: what a migration makes the default does not matter. */
export function tableIn(database: string, table: string): string {
  return `${quoteIdentifier(database)}.main.${table}`;
}
