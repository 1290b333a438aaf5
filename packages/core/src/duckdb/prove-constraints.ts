import type { Json } from '@duckdb/node-api';
import type { SqlFile } from '../migrate/files/migration';
import { readStatement } from '../migrate/sql/read-statement';
import { lexSql } from '../migrate/sql/sql-lexer';
import { splitName } from '../migrate/sql/token-cursor';
import { duckdbErrors } from './duckdb-errors';
import type { DuckdbSession } from './engine/duckdb-session';
import { quoteIdentifier, quoteText } from './engine/quote-sql';

/** A constraint as DuckDB lists it. */
interface Constraint {
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

/**
 * Proves on the copy what its tables promise, as far as an ALTER TABLE of the run may have broken it: DuckDB 1.5 looks at
 * no constraint when `ALTER … TYPE … USING` computes new values, and lets a foreign key lead to a table that has another
 * name by now, of which a checkpoint then waits for ever. So it is asked before the copy is folded.
 *
 * @param attached name of the copy in the session.
 * @param files that ran.
 * @throws DojoError MIGRATION_CONSTRAINT_BROKEN.
 */
export async function proveConstraints(
  session: DuckdbSession,
  attached: string,
  files: readonly SqlFile[],
): Promise<void> {
  const altered = alteredTables(files);
  if (altered.size === 0) return;
  const constraints = await readConstraints(session, attached);
  const tables = await readTables(session, attached);
  for (const constraint of constraints) {
    const { schema, table, kind, parent } = constraint;
    const isChild = kind === 'FOREIGN KEY';
    if (isChild && !tables.has(keyOf(schema, parent))) {
      throw broken(
        constraint,
        altered.get(parent.toLowerCase()),
        `leads to ${parent}, which is not there`,
      );
    }
    const place = altered.get(table.toLowerCase());
    const broke = place && brokenRows(attached, constraint);
    if (!broke) continue;
    const [[count]] = await session.rows(broke);
    if (Number(count) > 0) {
      throw broken(constraint, place, `does not hold for ${count} of its rows`);
    }
  }
}

/** Where each table was altered last, by its name without a schema. */
function alteredTables(files: readonly SqlFile[]): ReadonlyMap<string, string> {
  const altered = new Map<string, string>();
  for (const { path, statements } of files) {
    for (const { verb, text, line } of statements) {
      if (verb !== 'ALTER TABLE') continue;
      const facts = readStatement(
        lexSql(text).tokens.filter(({ kind }) => kind !== 'comment'),
      );
      if (facts.kind !== 'alter-table') continue;
      const place = `${path}:${line}`;
      const { subject, action, table } = facts;
      for (const name of [
        table,
        action === 'rename-table' && subject.compared,
      ]) {
        if (name) altered.set(unquoted(splitName(name).bare), place);
      }
    }
  }
  return altered;
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** SQL that counts the rows for which it does not hold; undefined: DuckDB keeps it, whatever is altered. */
function brokenRows(
  attached: string,
  { schema, table, kind, expression, columns }: Constraint,
): string | undefined {
  const from = [attached, schema, table].map(quoteIdentifier).join('.');
  const [column = ''] = columns;
  switch (kind) {
    case 'NOT NULL':
      return `SELECT system.main.count_star() FROM ${from} WHERE ${quoteIdentifier(
        column,
      )} IS NULL`;
    case 'CHECK':
      return `SELECT system.main.count_star() FROM ${from} WHERE NOT (${expression})`;
    default:
      return undefined;
  }
}

async function readConstraints(
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

function broken(
  { table, kind, text, columns }: Constraint,
  place: string | undefined,
  why: string,
) {
  const what = kind === 'NOT NULL' ? `NOT NULL of ${columns.join(', ')}` : text;
  return duckdbErrors.constraintBroken(
    place,
    `${what} of table ${table} ${why}`,
  );
}
