import { lstat } from 'node:fs/promises';
import type { WrittenSince } from '../migrate/losses/written-since';
import type { DuckdbSession } from './engine/duckdb-session';
import { openSession } from './engine/open-session';
import { isOfSql } from './engine/parse-duckdb-failure';
import { quoteIdentifier, quoteText } from './engine/quote-sql';
import { backupPath } from './files/backups';
import { filesOfDatabase, stating } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import { appliedTable, metaTable } from './schema/schema-entries';

/** Rows, of all tables together, that are compared: somebody waits for it, and memory holds them. */
const maxRows = 2_000_000;
const maxTables = 200;

const current = 'current_file';
const kept = 'kept_file';

/**
 * Counts the rows that a database has and a backup of it has not, by table. Both are open for reading alone, in a session
 * that can reach nothing else; nobody of this process may have the database open meanwhile.
 *
 * @returns undefined: they could not be compared.
 */
export async function readWrittenSince(
  place: DatabasePlace,
  backup: string,
  signal: AbortSignal,
): Promise<WrittenSince | undefined> {
  const other = backupPath(place, backup);
  if (!(await stating(() => lstat(other)))?.isFile()) return undefined;
  const session = await openSession({
    files: [...filesOfDatabase(place.path), ...filesOfDatabase(other)],
  });
  try {
    session.endWith(signal);
    await session.attach(place.path, current, { kind: 'read-only' });
    await session.attach(other, kept, { kind: 'read-only' });
    return await compare(session);
  } catch {
    signal.throwIfAborted();
    // The plan does not need it: what keeps it from running, it has found out itself.
    return undefined;
  } finally {
    session.close();
  }
}

interface Table {
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
}

async function compare(session: DuckdbSession): Promise<WrittenSince> {
  const now = await tablesIn(session, current);
  const before = new Set(
    (await tablesIn(session, kept)).map(({ schema, name }) =>
      JSON.stringify([schema, name]),
    ),
  );
  const tables: { name: string; rows: number }[] = [];
  let compared = 0;
  let left = 0;
  for (const [at, table] of now.entries()) {
    const { schema, name } = table;
    compared += table.rows;
    const isKnown = before.has(JSON.stringify([schema, name]));
    const rows =
      at < maxTables && compared <= maxRows
        ? await newRows(session, table, isKnown)
        : undefined;
    if (rows === undefined) left += 1;
    else if (rows > 0) {
      tables.push({
        name: schema === 'main' ? name : `${schema}.${name}`,
        rows,
      });
    }
  }
  return { tables, left };
}

async function tablesIn(
  session: DuckdbSession,
  database: string,
): Promise<Table[]> {
  const rows = await session.rows(
    `SELECT schema_name, table_name, estimated_size FROM duckdb_tables()
      WHERE database_name = ${quoteText(database)} AND NOT internal
        AND table_name NOT IN (${quoteText(appliedTable)}, ${quoteText(
      metaTable,
    )})
      ORDER BY estimated_size, schema_name, table_name`,
  );
  return rows.map(([schema, name, size]) => ({
    schema: String(schema),
    name: String(name),
    rows: Number(size),
  }));
}

/** Of the columns that both have; undefined: they cannot be compared. */
async function newRows(
  session: DuckdbSession,
  { schema, name }: Table,
  isKnown: boolean,
): Promise<number | undefined> {
  const path = (database: string) =>
    [database, schema, name].map(quoteIdentifier).join('.');
  try {
    const columns = isKnown ? await sharedColumns(session, schema, name) : [];
    const from =
      columns.length === 0
        ? path(current)
        : `(SELECT ${columns} FROM ${path(
            current,
          )} EXCEPT ALL SELECT ${columns} FROM ${path(kept)})`;
    const counted = await session.rows(`SELECT count(*) FROM ${from}`);
    return Number(counted[0][0]);
  } catch (error) {
    // A generated column may fail, and types may have become others.
    if (isOfSql(error)) return undefined;
    throw error;
  }
}

async function sharedColumns(
  session: DuckdbSession,
  schema: string,
  table: string,
): Promise<string[]> {
  const rows = await session.rows(
    `SELECT column_name FROM duckdb_columns()
      WHERE database_name IN (${quoteText(current)}, ${quoteText(kept)})
        AND schema_name = ${quoteText(schema)} AND table_name = ${quoteText(
      table,
    )}
      GROUP BY column_name HAVING count(*) = 2 ORDER BY column_name`,
  );
  return rows.map(([column]) => quoteIdentifier(String(column)));
}
