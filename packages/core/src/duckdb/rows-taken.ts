import type { SqlStatement } from '../migrate/files/migration';
import { deletesSome, mergesAway } from '../migrate/sql/deletes-rows';
import type { PreparedStatements } from '../migrate/sql/prepared-statements';
import { readStatement } from '../migrate/sql/read-statement';
import { lexSql } from '../migrate/sql/sql-lexer';
import { splitName } from '../migrate/sql/token-cursor';
import type { DuckdbSession } from './engine/duckdb-session';
import { quoteIdentifier, quoteText } from './engine/quote-sql';

/** What a statement takes away with a table or a column. */
export interface RowsTaken {
  /** `0007_tags.sql:12 DROP TABLE` */
  readonly by: string;
  /** Database, schema and table. */
  readonly table: readonly string[];
  /** Absent: it is the whole table. */
  readonly column?: string;
  /** Rows, or values that are not NULL, before it. */
  readonly before: number;
  /** Rows that it deleted; absent: all of them went. */
  readonly deleted?: number;
  /**
   * `rows`: it deletes rows of the table. `merge`: of those that it changes. `table`: the table or column goes.
   * `dependent`: it may go with what it depends on.
   */
  readonly kind: 'rows' | 'merge' | 'table' | 'dependent';
}

const takes =
  /^(?:DROP TABLE|DROP SCHEMA|DROP SEQUENCE|DROP TYPE|CREATE OR REPLACE TABLE|ALTER TABLE|DELETE|TRUNCATE|MERGE|PREPARE|EXECUTE)$/;

/** What is needed to find out what a statement takes away. */
export interface RowsTakenOptions {
  readonly session: DuckdbSession;
  /** What earlier statements prepared, in which this one is noted, too. */
  readonly prepared: PreparedStatements;
}

/** What a statement is about to drop, counted before it does: tables, those of a schema, a column, rows. */
export async function findRowsTaken(
  path: string,
  statement: SqlStatement,
  { session, prepared }: RowsTakenOptions,
): Promise<RowsTaken[]> {
  if (!takes.test(statement.verb)) return [];
  const done = prepared.resolve({
    verb: statement.verb,
    tokens: lexSql(statement.text).tokens.filter(
      ({ kind }) => kind !== 'comment',
    ),
  });
  const facts = readStatement(done.tokens);
  const by = `${path}:${statement.line} ${statement.verb}`;
  const count = async (
    tables: readonly (readonly string[])[],
    kind: RowsTaken['kind'],
    column?: string,
  ) => {
    const found: RowsTaken[] = [];
    for (const table of tables) {
      const rows = await countRows(session, table, column);
      found.push({
        by,
        kind,
        table,
        before: rows,
        ...(column !== undefined && { column }),
      });
    }
    return found;
  };
  switch (facts.kind) {
    case 'drop-table':
    case 'create-table':
      return count(await tablesNamed(session, facts.table), 'table');
    case 'write': {
      if (done.verb !== 'TRUNCATE' && !deletesSome(done)) return [];
      const kind = mergesAway(done) ? 'merge' : 'rows';
      return count(await tablesNamed(session, facts.table), kind);
    }
    case 'drop-schema':
      return count(
        await findTables(session, { schema: unquoted(facts.schema) }),
        'table',
      );
    case 'drop-other':
      // Whatever it takes along: DuckDB tells nobody.
      return facts.cascades
        ? count(await findTables(session, {}), 'dependent')
        : [];
    case 'alter-table': {
      if (facts.action !== 'drop-column') return [];
      const tables = await tablesNamed(session, facts.table);
      const column = unquoted(facts.subject.compared);
      const has = await hasColumn(session, tables[0], column);
      return has ? count(tables, 'table', column) : [];
    }
    default:
      return [];
  }
}

/** A sentence for each thing that is really gone at the end: a table that was made anew has its rows again. */
export async function tellRowsTaken(
  taken: readonly RowsTaken[],
  session: DuckdbSession,
): Promise<string[]> {
  const sentences: string[] = [];
  for (const { by, kind, table, column, before, deleted } of taken) {
    const [, schema = '', name = ''] = table;
    const [there] = await findTables(session, { schema, name });
    if (kind === 'dependent' && there !== undefined) continue;
    const isBack =
      there !== undefined &&
      (column === undefined || (await hasColumn(session, there, column)));
    const left = isBack ? await countRows(session, there, column) : 0;
    if (kind === 'merge') {
      if (deleted === 0) continue;
      sentences.push(
        `${by} changes or deletes ${deleted} row${
          deleted === 1 ? '' : 's'
        } of ${schema}.${name}, which had ${before} before it and has ${left} in the end`,
      );
      continue;
    }
    if ((kind !== 'rows' && left >= before) || deleted === 0) continue;
    const gone = deleted ?? before - left;
    const what = column === undefined ? 'row' : 'value';
    sentences.push(
      `${by} takes ${gone} ${what}${gone === 1 ? '' : 's'} of ${
        column === undefined ? '' : `${column} of `
      }${schema}.${name} away`,
    );
  }
  return sentences;
}

function tablesNamed(
  session: DuckdbSession,
  compared: string,
): Promise<string[][]> {
  const { schema, bare } = splitName(compared);
  return findTables(session, {
    schema: schema === '' ? 'main' : unquoted(schema.slice(0, -1)),
    name: unquoted(bare),
  });
}

/** By their full names: among migrations, a macro may hide what we ask for. Without schema or name, all of them. */
async function findTables(
  session: DuckdbSession,
  { schema, name }: { readonly schema?: string; readonly name?: string },
): Promise<string[][]> {
  const is = (column: string, value: string | undefined) =>
    value === undefined
      ? ''
      : ` AND system.main.lower(${column}) = system.main.lower(${quoteText(
          value,
        )})`;
  const rows = await session.rows(
    `SELECT database_name, schema_name, table_name FROM system.main.duckdb_tables()
      WHERE NOT internal AND NOT temporary${is('schema_name', schema)}${is(
      'table_name',
      name,
    )}`,
  );
  return rows.map(row => row.map(String));
}

async function hasColumn(
  session: DuckdbSession,
  table: readonly string[] | undefined,
  column: string,
): Promise<boolean> {
  const [, schema = '', name = ''] = table ?? [];
  const rows = await session.rows(
    `SELECT 1 FROM system.main.duckdb_columns() WHERE NOT internal AND schema_name = ${quoteText(
      schema,
    )} AND table_name = ${quoteText(
      name,
    )} AND system.main.lower(column_name) = system.main.lower(${quoteText(
      column,
    )})`,
  );
  return rows.length > 0;
}

async function countRows(
  session: DuckdbSession,
  table: readonly string[],
  column: string | undefined,
): Promise<number> {
  const where =
    column === undefined ? '' : ` WHERE ${quoteIdentifier(column)} IS NOT NULL`;
  const [[count]] = await session.rows(
    `SELECT system.main.count_star() FROM ${table
      .map(quoteIdentifier)
      .join('.')}${where}`,
  );
  return Number(count);
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
