import type { Json } from '@duckdb/node-api';
import { compareIds, toFileId } from '../migrate/file-id';
import type { AppliedMigration } from '../migrate/ledger-state';
import type { MigrationSet, SqlFile } from '../migrate/migration';
import { saidByDuckdb } from './parse-duckdb-failure';
import { duckdbErrors } from './duckdb-errors';
import type { DuckdbSession } from './duckdb-session';
import { quoteIdentifier, quoteText } from './quote-sql';
import { appliedTable, metaTable } from './schema-entries';

/** A row of the two tables, as it is. */
export interface AppliedRow extends AppliedMigration {
  /** The id as the ledger spells it. */
  readonly written: string;
  /** DuckDB that made {@link AppliedMigration.meta}'s fingerprint. */
  readonly fingerprintEngine?: string;
}

/** Reads what is applied, ascending by id. */
export async function readApplied(
  session: DuckdbSession,
  database: string,
  set: MigrationSet,
  ledger: string,
): Promise<AppliedRow[]> {
  const columns = await readColumns(session, database, appliedTable);
  if (columns.length === 0) return [];
  if (!columns.some(({ name }) => name === 'id')) {
    throw duckdbErrors.appliedTableForeign(ledger, 'it has no column id');
  }
  const metaColumns = await readColumns(session, database, metaTable);
  const rows =
    metaColumns.length === 0
      ? await session.rows(
          `SELECT id::VARCHAR FROM ${tableIn(
            database,
            appliedTable,
          )} WHERE id IS NOT NULL`,
        )
      : await session.rows(
          `SELECT a.id::VARCHAR, m.checksum, m.token_checksum, m.fingerprint, m.engine, m.plan_hash, m.fingerprint_engine
             FROM ${tableIn(database, appliedTable)} a LEFT JOIN ${tableIn(
            database,
            metaTable,
          )} m ON m.id = a.id::VARCHAR
            WHERE a.id IS NOT NULL`,
        );
  return rows
    .map(
      ([
        written,
        checksum,
        tokenChecksum,
        fingerprint,
        engine,
        planHash,
        fingerprintEngine,
      ]): AppliedRow => ({
        written: String(written),
        id: toFileId(String(written), set),
        ...(checksum && {
          meta: {
            checksum: String(checksum),
            tokenChecksum: String(tokenChecksum),
            engine: String(engine),
            planHash: String(planHash),
            ...(fingerprint && { fingerprint: String(fingerprint) }),
          },
        }),
        ...(fingerprintEngine && {
          fingerprintEngine: String(fingerprintEngine),
        }),
      }),
    )
    .sort((left, right) => compareIds(left.id, right.id));
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly mustBeGiven: boolean;
}

async function readColumns(
  session: DuckdbSession,
  database: string,
  table: string,
): Promise<Column[]> {
  let rows: Json[][];
  try {
    rows = await session.rows(
      `SELECT lower(name), type, "notnull" AND dflt_value IS NULL FROM pragma_table_info(${quoteText(
        tableIn(database, table),
      )})`,
    );
  } catch (error) {
    if (!/does not exist/.test(saidByDuckdb(error))) throw error;
    return [];
  }
  return rows.map(([name, type, mustBeGiven]) => ({
    name: String(name),
    type: String(type),
    mustBeGiven: mustBeGiven === true,
  }));
}

/** Makes the two tables where they are missing. */
export async function createAppliedTables(
  session: DuckdbSession,
  database: string,
): Promise<void> {
  // Plain defaults only: what DuckDB 1.3 to 1.5 cannot replay must not come from us.
  await session.run(
    `CREATE TABLE IF NOT EXISTS ${tableIn(
      database,
      appliedTable,
    )}(id VARCHAR PRIMARY KEY, applied_at TIMESTAMP NOT NULL DEFAULT current_timestamp);
     CREATE TABLE IF NOT EXISTS ${tableIn(
       database,
       metaTable,
     )}(id VARCHAR PRIMARY KEY, checksum VARCHAR NOT NULL, token_checksum VARCHAR NOT NULL,
       duration_ms DOUBLE, engine VARCHAR NOT NULL, runner VARCHAR NOT NULL, plan_hash VARCHAR NOT NULL,
       fingerprint VARCHAR, fingerprint_engine VARCHAR)`,
  );
}

/** An id, and when it was applied. */
export interface AppliedAt {
  readonly id: string;
  readonly at: Date;
}

/**
 * Records what was applied in this ledger's table, which an application may have made with more columns.
 *
 * @throws DojoError LEDGER_APPLIED_TABLE_FOREIGN where a column needs a value that nobody knows.
 */
export async function recordApplied(
  session: DuckdbSession,
  database: string,
  ledger: string,
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
      ledger,
      `its column ${unknown.name} is NOT NULL and has no default`,
    );
  }
  const time = columns.find(({ name }) => name === 'applied_at');
  const takesTime =
    time !== undefined && /^(?:TIMESTAMP|DATE|VARCHAR)/.test(time.type);
  if (time?.mustBeGiven && !takesTime) {
    throw duckdbErrors.appliedTableForeign(
      ledger,
      `its column applied_at is ${time.type}, not TIMESTAMP`,
    );
  }
  const values = rows.map(({ id, at }) =>
    takesTime
      ? `(${quoteText(id)}, '${toTimestamp(at, time.type)}')`
      : `(${quoteText(id)})`,
  );
  await session.run(
    `INSERT INTO ${tableIn(database, appliedTable)}(id${
      takesTime ? ', applied_at' : ''
    }) VALUES ${values.join(', ')}`,
  );
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

/** Recorded with every row. */
export const runner = 'dojo';

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

/** By its full name: what a migration makes the default does not matter. */
function tableIn(database: string, table: string): string {
  return `${quoteIdentifier(database)}.main.${table}`;
}
