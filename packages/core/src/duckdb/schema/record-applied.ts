import { version } from '../../../package.json';
import type { SqlFile } from '../../migrate/files/migration';
import { readColumns, tableIn } from './applied-table';
import { duckdbErrors } from '../duckdb-errors';
import type { DuckdbSession } from '../engine/duckdb-session';
import { isOfSql, saidByDuckdb } from '../engine/parse-duckdb-failure';
import { quoteText } from '../engine/quote-sql';
import { appliedTable, metaTable } from './schema-entries';

/** An id, and when it was applied. */
export interface AppliedAt {
  readonly id: string;
  readonly at: Date;
}

/**
 * Records what was applied in this database's table, which an application may have made with more columns.
 *
 * @param database the name under which the file is attached.
 * @param path of the file, for messages.
 * @throws DojoError DATABASE_APPLIED_TABLE_FOREIGN where a column needs a value that nobody knows.
 */
export async function recordApplied(
  session: DuckdbSession,
  database: string,
  path: string,
  rows: readonly AppliedAt[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = await readColumns(session, database, appliedTable);
  const unknown = columns.find(
    ({ name, mustBeGiven }) =>
      mustBeGiven && !['id', 'applied_at'].includes(name),
  );
  if (unknown) {
    throw duckdbErrors.appliedTableForeign(
      path,
      `its column ${unknown.name} is NOT NULL and has no default`,
    );
  }
  const time = columns.find(({ name }) => name === 'applied_at');
  const takesTime =
    time !== undefined && /^(?:TIMESTAMP|DATE|VARCHAR)/.test(time.type);
  if (time?.mustBeGiven && !takesTime) {
    throw duckdbErrors.appliedTableForeign(
      path,
      `its column applied_at is ${time.type}, not TIMESTAMP`,
    );
  }
  const values = rows.map(({ id, at }) =>
    takesTime
      ? `(${quoteText(id)}, '${toTimestamp(at, time.type)}')`
      : `(${quoteText(id)})`,
  );
  try {
    await session.run(
      `INSERT INTO ${tableIn(database, appliedTable)}(id${
        takesTime ? ', applied_at' : ''
      }) VALUES ${values.join(', ')}`,
    );
  } catch (error) {
    if (!isOfSql(error)) throw error;
    throw duckdbErrors.appliedTableForeign(
      path,
      `it takes no row: ${saidByDuckdb(error)}`,
    );
  }
}

/** UTC, whatever the clock of the machine says. */
function toTimestamp(at: Date, type: string): string {
  const text = at.toISOString().replace('T', ' ').replace('Z', '');
  return type.includes('TIME ZONE') ? `${text}+00` : text;
}

/** What is known of an applied file. */
export interface MetaRow {
  readonly file: Pick<SqlFile, 'checksum' | 'tokenChecksum'>;
  /** As {@link appliedTable} spells it. */
  readonly written: string;
  /** Milliseconds; absent: it was applied before us. */
  readonly duration?: number;
  readonly engine: string;
  readonly planHash: string;
}

/** Recorded with every row: who wrote it, and of which release. */
const runner = `dojo ${version}`;

/** Records what is known of applied files, over what may be recorded already. */
export async function recordMeta(
  session: DuckdbSession,
  database: string,
  rows: readonly MetaRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(row =>
    [
      quoteText(row.written),
      quoteText(row.file.checksum),
      quoteText(row.file.tokenChecksum),
      row.duration === undefined ? 'NULL' : row.duration.toFixed(3),
      quoteText(row.engine),
      quoteText(runner),
      quoteText(row.planHash),
    ].join(', '),
  );
  await session.run(
    `INSERT OR REPLACE INTO ${tableIn(
      database,
      metaTable,
    )}(id, checksum, token_checksum, duration_ms, engine, runner, plan_hash) VALUES (${values.join(
      '), (',
    )})`,
  );
}

/** Records the schema's fingerprint on a row, which may not be there. */
export async function recordFingerprint(
  session: DuckdbSession,
  database: string,
  written: string,
  fingerprint: string,
): Promise<void> {
  await session.run(
    `UPDATE ${tableIn(database, metaTable)} SET fingerprint = ${quoteText(
      fingerprint,
    )}, fingerprint_engine = ${quoteText(
      session.engine,
    )} WHERE id = ${quoteText(written)}`,
  );
}
