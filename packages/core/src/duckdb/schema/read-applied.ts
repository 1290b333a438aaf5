import type { Json } from '@duckdb/node-api';
import { compareIds, toFileId } from '../../migrate/files/file-id';
import type { AppliedMigration } from '../../migrate/database-state';
import type { MigrationSet } from '../../migrate/files/migration';
import { readColumns, tableIn } from './applied-table';
import { duckdbErrors } from '../duckdb-errors';
import type { DuckdbSession } from '../engine/duckdb-session';
import { isOfSql, saidByDuckdb } from '../engine/parse-duckdb-failure';
import { findAppliedTables } from './find-applied-tables';
import { appliedTable, metaTable } from './schema-entries';

/** A row of the two tables, as it is. */
export interface AppliedRow extends AppliedMigration {
  /** The id as the database spells it. */
  readonly written: string;
  /** DuckDB that made {@link AppliedMigration.meta}'s fingerprint. */
  readonly fingerprintEngine?: string;
}

/**
 * Reads what is applied, as it is written.
 *
 * @param database the name under which the file is attached.
 * @param path of the file, for messages.
 * @throws DojoError DATABASE_APPLIED_TABLE_FOREIGN.
 */
export async function readApplied(
  session: DuckdbSession,
  database: string,
  path: string,
): Promise<Json[][]> {
  const tables = await findAppliedTables(session, database, path);
  if (!tables.has(appliedTable)) return [];
  const applied = `${tableIn(database, appliedTable)} a`;
  const listed = tables.has(metaTable)
    ? `[a.id::VARCHAR, m.checksum, m.token_checksum, m.fingerprint, m.engine, m.plan_hash, m.fingerprint_engine]
        FROM ${applied} LEFT JOIN ${tableIn(
        database,
        metaTable,
      )} m ON m.id = a.id::VARCHAR`
    : `[a.id::VARCHAR] FROM ${applied}`;
  try {
    return await readRows(session, listed);
  } catch (error) {
    if (!isOfSql(error)) throw error;
    const columns = await readColumns(session, database, appliedTable);
    throw duckdbErrors.appliedTableForeign(
      path,
      columns.some(({ name }) => name === 'id')
        ? `it cannot be read: ${saidByDuckdb(error)}`
        : 'it has no column id',
    );
  }
}

/** As one text: to bring a thousand rows here value by value takes ten times as long. */
async function readRows(
  session: DuckdbSession,
  listFrom: string,
): Promise<Json[][]> {
  const [[rows]] = await session.rows(
    `SELECT to_json(list(row))::VARCHAR FROM (SELECT ${listFrom} WHERE a.id IS NOT NULL) AS rows(row)`,
  );
  return rows === null ? [] : JSON.parse(String(rows));
}

/** Rows of {@link readApplied}, named as the files are, ascending by id. */
export function toApplied(
  rows: readonly Json[][],
  set: MigrationSet,
): AppliedRow[] {
  return rows
    .map(row => toAppliedRow(row, set))
    .sort((left, right) => compareIds(left.id, right.id));
}

function toAppliedRow(
  [
    written,
    checksum,
    tokenChecksum,
    fingerprint,
    engine,
    planHash,
    fingerprintEngine,
  ]: readonly Json[],
  set: MigrationSet,
): AppliedRow {
  return {
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
  };
}
