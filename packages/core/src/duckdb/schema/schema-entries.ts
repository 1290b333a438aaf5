import { hash } from 'node:crypto';
import type { DuckdbSession } from '../engine/duckdb-session';
import { quoteIdentifier, quoteText } from '../engine/quote-sql';
import { normalDefinition } from './normal-definition';
import { waitForAll } from '../wait-for-all';

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
 * What makes the schema of an attached database, as rows of name and definition: tables with columns, types, defaults,
 * nullability and constraints, indexes, views, sequences, macros, types, schemas and comments; no rows, and not where a
 * sequence is, which its SQL would tell.
 */
async function schemaSql(
  session: DuckdbSession,
  database: string,
): Promise<string> {
  const other = await otherSql(session, database);
  return `${tablesSql(database)} UNION ALL ${other}`;
}

function tablesSql(database: string): string {
  const here = `database_name = ${quoteText(database)}`;
  return `
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
      FROM duckdb_sequences() WHERE ${here}`;
}

/** DuckDB lists its own thousands of functions for it: as slow as a thousand tables. */
async function otherSql(
  session: DuckdbSession,
  database: string,
): Promise<string> {
  const here = `database_name = ${quoteText(database)}`;
  return `
    SELECT 'macro ' || schema_name || '.' || function_name,
        function_type || parameters::VARCHAR || if(len(list_distinct(parameter_types)) > 0, parameter_types::VARCHAR, '') || ' AS ' || coalesce(macro_definition, '') || coalesce(' -- ' || comment, '')
      FROM duckdb_functions() WHERE ${here} AND NOT internal
    UNION ALL SELECT 'type ' || schema_name || '.' || type_name, ${await typeSql(
      session,
      database,
    )} || coalesce(' -- ' || comment, '')
      FROM duckdb_types() WHERE ${here} AND NOT internal
    UNION ALL SELECT 'schema ' || schema_name, '' FROM duckdb_schemas() WHERE ${here} AND schema_name <> 'main'
      AND NOT internal`;
}

/** What a type of duckdb_types() is, in SQL. It says of a STRUCT no more than that: only its name leads to its fields. */
async function typeSql(
  session: DuckdbSession,
  database: string,
): Promise<string> {
  const listed = "logical_type || coalesce(labels::VARCHAR, '')";
  const rows = await session.rows(
    `SELECT type_oid, schema_name, type_name FROM duckdb_types()
      WHERE database_name = ${quoteText(
        database,
      )} AND NOT internal AND labels IS NULL`,
  );
  const named = rows.map(([oid, ...path]) => {
    const name = [database, ...path.map(String)].map(quoteIdentifier).join('.');
    return `WHEN ${String(oid)} THEN typeof(NULL::${name})`;
  });
  return named.length === 0
    ? listed
    : `CASE type_oid ${named.join(' ')} ELSE ${listed} END`;
}

/** Reads the schema of an attached database, sorted. */
export async function readSchema(
  session: DuckdbSession,
  database: string,
): Promise<SchemaEntry[]> {
  const rows = await session.rows(
    `SELECT name, definition FROM (${await schemaSql(
      session,
      database,
    )}) AS entries(name, definition) ORDER BY ALL`,
  );
  return rows.map(([name, definition]) => ({
    name: String(name),
    definition: String(definition),
  }));
}

/**
 * Of the schema of an attached database, made by DuckDB: a thousand tables are slow to bring here. To be compared within
 * one version of the engine, whose spelling it is.
 */
export async function readFingerprint(
  session: DuckdbSession,
  database: string,
): Promise<string> {
  const parts = await waitForAll([
    session.rows(fingerprintSql(tablesSql(database))),
    session.beside(async beside =>
      beside.rows(fingerprintSql(await otherSql(beside, database))),
    ),
  ]);
  return hash('sha256', parts.join('\n'));
}

function fingerprintSql(entries: string): string {
  return `SELECT sha256(coalesce(string_agg(concat(length(name), ':', name, length(definition), ':', definition), chr(10)
        ORDER BY name, definition), '')) FROM (${entries}) AS entries(name, definition)`;
}

const maxDifferences = 20;
const maxDefinitionLength = 200;
/** Of what two long definitions have in common, so much is shown before they begin to differ. */
const leadingContext = 60;

/** What is not as it should be, in words, at most a screenful. */
export function differencesOf(
  actual: readonly SchemaEntry[],
  expected: readonly SchemaEntry[],
): string[] {
  const is = definitionsByName(actual);
  const should = definitionsByName(expected);
  const lines: string[] = [];
  for (const [name, definition] of should) {
    const found = is.get(name);
    if (found === undefined) lines.push(`${inWords(name)} is missing`);
    else if (!isSameDefinition(found, definition)) {
      const shown = cutterFor(found, definition);
      lines.push(
        `${inWords(name)} is ${shown(found)} and should be ${shown(
          definition,
        )}`,
      );
    }
  }
  for (const name of is.keys()) {
    if (!should.has(name)) lines.push(`${inWords(name)} is in no migration`);
  }
  return lines.length > maxDifferences
    ? [
        ...lines.slice(0, maxDifferences),
        `… and ${lines.length - maxDifferences} more`,
      ]
    : lines;
}

/** An application may have another DuckDB, which spells what it makes in its own way. */
function isSameDefinition(one: string, other: string): boolean {
  return one === other || normalDefinition(one) === normalDefinition(other);
}

/** The overloads of a macro share its name. */
function definitionsByName(
  entries: readonly SchemaEntry[],
): Map<string, string> {
  const byName = new Map<string, string>();
  for (const { name, definition } of entries) {
    const others = byName.get(name);
    byName.set(
      name,
      others === undefined ? definition : `${others}, ${definition}`,
    );
  }
  return byName;
}

/** Columns are part of their table's entry; one of its own tells of its comment. */
function inWords(name: string): string {
  return name.replace(/^column /, 'the comment of column ');
}

/** Cuts two definitions to what can be read, around the place where they begin to differ. */
function cutterFor(one: string, other: string): (text: string) => string {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const isLong = Math.max(one.length, other.length) > maxDefinitionLength;
  const start = isLong ? Math.max(0, same - leadingContext) : 0;
  const end = start + maxDefinitionLength;
  return text =>
    [
      start > 0 ? '…' : '',
      text.slice(start, end),
      text.length > end ? '…' : '',
    ].join('');
}
