import type { Json } from '@duckdb/node-api';
import type { DuckdbSession } from '../engine/duckdb-session';
import { quoteText } from '../engine/quote-sql';

/** A constraint as DuckDB lists it. */
export interface Constraint {
  readonly schema: string;
  readonly table: string;
  readonly kind: string;
  readonly text: string;
  /** Of a CHECK: what must not be false. */
  readonly expression: string;
  readonly columns: readonly string[];
  /** Of a foreign key. */
  readonly parent: string;
}

/** Reads the constraints of an attached database. */
export async function readConstraints(
  session: DuckdbSession,
  attached: string,
): Promise<Constraint[]> {
  // By their full names: among migrations, a macro may hide them.
  const rows = await session.rows(
    `SELECT schema_name, table_name, constraint_type, constraint_text, expression,
        constraint_column_names, referenced_table
      FROM system.main.duckdb_constraints() WHERE database_name = ${quoteText(
        attached,
      )}`,
  );
  return rows.map(
    ([schema, table, kind, text, expression, columns, parent]) => ({
      schema: String(schema),
      table: String(table),
      kind: String(kind),
      text: String(text ?? ''),
      expression: String(expression ?? 'true'),
      columns: textsOf(columns),
      parent: String(parent ?? ''),
    }),
  );
}

/** Foreign keys that lead to a table that is not there: a checkpoint waits for it for ever. */
export async function findOrphans(
  session: DuckdbSession,
  attached: string,
  constraints: readonly Constraint[],
): Promise<Constraint[]> {
  const keys = constraints.filter(({ kind }) => kind === 'FOREIGN KEY');
  if (keys.length === 0) return [];
  const tables = await readTables(session, attached);
  return keys.filter(
    ({ schema, parent }) => !tables.has(keyOf(schema, parent)),
  );
}

async function readTables(
  session: DuckdbSession,
  attached: string,
): Promise<ReadonlySet<string>> {
  const rows = await session.rows(
    `SELECT schema_name, table_name FROM system.main.duckdb_tables() WHERE database_name = ${quoteText(
      attached,
    )}`,
  );
  return new Set(
    rows.map(([schema, table]) => keyOf(String(schema), String(table))),
  );
}

function keyOf(schema: string, table: string): string {
  return JSON.stringify([schema.toLowerCase(), table.toLowerCase()]);
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
