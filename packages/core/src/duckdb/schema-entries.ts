import { createHash } from 'node:crypto';
import type { DuckdbSession } from './duckdb-session';
import { quoteText } from './quote-sql';

/** One thing of a schema, in words that are equal where the things are. */
export interface SchemaEntry {
  /** `table main.accounts`, `index main.accounts_name`. */
  readonly name: string;
  readonly definition: string;
}

/** Our own bookkeeping is no part of the schema. */
export const appliedTable = 'applied_migrations';
export const metaTable = 'applied_migrations_meta';
const notOurs = `NOT (schema_name = 'main' AND table_name IN ('${appliedTable}', '${metaTable}'))`;

/**
 * Reads what makes the schema of an attached database: tables with columns, types, defaults, nullability and
 * constraints, indexes, views, sequences, macros, types, schemas and comments; no rows, and not
 * where a sequence is, which its SQL would tell.
 */
export async function readSchema(
  session: DuckdbSession,
  database: string,
): Promise<SchemaEntry[]> {
  const here = `database_name = ${quoteText(database)}`;
  const rows = await session.rows(`
    SELECT 'table ' || schema_name || '.' || table_name, sql || coalesce(' -- ' || comment, '')
      FROM duckdb_tables() WHERE ${here} AND NOT internal AND ${notOurs}
    UNION ALL SELECT 'column ' || schema_name || '.' || table_name || '.' || column_name, '-- ' || comment
      FROM duckdb_columns() WHERE ${here} AND NOT internal AND comment IS NOT NULL AND ${notOurs}
    UNION ALL SELECT 'index ' || schema_name || '.' || index_name, sql || coalesce(' -- ' || comment, '')
      FROM duckdb_indexes() WHERE ${here} AND ${notOurs}
    UNION ALL SELECT 'view ' || schema_name || '.' || view_name, sql || coalesce(' -- ' || comment, '')
      FROM duckdb_views() WHERE ${here} AND NOT internal
    UNION ALL SELECT 'sequence ' || schema_name || '.' || sequence_name,
        concat_ws(' ', 'BY', increment_by, 'FROM', min_value, 'TO', max_value, if(cycle, 'CYCLE', NULL), '-- ' || comment)
      FROM duckdb_sequences() WHERE ${here}
    UNION ALL SELECT 'macro ' || schema_name || '.' || function_name,
        function_type || parameters::VARCHAR || ' AS ' || coalesce(macro_definition, '') || coalesce(' -- ' || comment, '')
      FROM duckdb_functions() WHERE ${here} AND NOT internal
    UNION ALL SELECT 'type ' || schema_name || '.' || type_name, logical_type || coalesce(labels::VARCHAR, '')
      FROM duckdb_types() WHERE ${here} AND NOT internal
    UNION ALL SELECT 'schema ' || schema_name, '' FROM duckdb_schemas() WHERE ${here} AND schema_name <> 'main'
      AND NOT internal`);
  return rows
    .map(([name, definition]) => ({
      name: String(name),
      definition: String(definition ?? ''),
    }))
    .sort((a, b) =>
      a.name === b.name
        ? compare(a.definition, b.definition)
        : compare(a.name, b.name),
    );
}

/** SHA-256 of a schema; to be compared within one version of the engine, whose spelling it is. */
export function fingerprintOf(entries: readonly SchemaEntry[]): string {
  const hash = createHash('sha256');
  for (const { name, definition } of entries) {
    hash.update(`${JSON.stringify([name, definition])}\n`);
  }
  return hash.digest('hex');
}

const mostDifferences = 20;
const longestDefinition = 200;

/** What is not as it should be, in words, at most a screenful. */
export function differencesOf(
  actual: readonly SchemaEntry[],
  expected: readonly SchemaEntry[],
): string[] {
  const is = new Map(actual.map(entry => [entry.name, entry.definition]));
  const should = new Map(expected.map(entry => [entry.name, entry.definition]));
  const lines: string[] = [];
  for (const [name, definition] of should) {
    const found = is.get(name);
    if (found === undefined) lines.push(`${name} is missing`);
    else if (found !== definition) {
      lines.push(`${name} is ${cut(found)} and should be ${cut(definition)}`);
    }
  }
  for (const name of is.keys()) {
    if (!should.has(name)) lines.push(`${name} is in no migration`);
  }
  return lines.length > mostDifferences
    ? [
        ...lines.slice(0, mostDifferences),
        `… and ${lines.length - mostDifferences} more`,
      ]
    : lines;
}

function cut(text: string): string {
  return text.length > longestDefinition
    ? `${text.slice(0, longestDefinition)}…`
    : text;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
