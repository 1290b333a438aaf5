import type { DatabaseStatus } from 'backstage-plugin-dojo-common';
import { compareIds } from '../migrate/files/file-id';
import { restoresOf } from '../migrate/restores-of';
import type { DatedMigration } from '../migrate/restores-of';
import { AttachedDatabase } from './attached-database';
import { listBackups } from './files/backups';
import { ensureReadable, readDatabaseHeader } from './files/database-header';
import { findDatabase } from './files/database-path';
import { ensureNoLinks } from './files/ensure-no-links';
import { readColumns, tableIn } from './schema/applied-table';
import { findAppliedTables } from './schema/find-applied-tables';
import { appliedTable, metaTable } from './schema/schema-entries';

/** Which database is read. */
export interface ReadDatabaseStatusOptions {
  readonly database: string;
  /** A folder below which no part of the path may be a link; default: links are followed. */
  readonly noLinksBelow?: string;
}

/** Rows that are read: far more than any database has. */
const maxRows = 10_000;

/**
 * Reads where a database is: what was applied to it, when, and which restores it has seen. It is open for reading for as long
 * as that takes, and nothing of it changes.
 *
 * @throws DojoError DATABASE_LOCKED where somebody writes it, and those of a database that cannot be read.
 */
export async function readDatabaseStatus(
  { database, noLinksBelow }: ReadDatabaseStatusOptions,
  signal: AbortSignal,
): Promise<DatabaseStatus> {
  const ensureOwn = async () => {
    if (noLinksBelow !== undefined) await ensureNoLinks(database, noLinksBelow);
  };
  await ensureOwn();
  const place = await findDatabase(database);
  if (!place.exists) return { kind: 'absent' };
  ensureReadable(place.path, await readDatabaseHeader(place.path));
  const held = await AttachedDatabase.open(place, 'read', signal);
  try {
    // Whoever made it a link meanwhile is found, too.
    await ensureOwn();
    const applied = await readDated(held, place.path);
    if (applied === undefined) return { kind: 'unmanaged' };
    return {
      kind: 'managed',
      applied,
      restores: restoresOf(await listBackups(place), applied),
    };
  } finally {
    held.close();
  }
}

async function readDated(
  { session, database }: AttachedDatabase,
  path: string,
): Promise<DatedMigration[] | undefined> {
  const tables = await findAppliedTables(session, database, path);
  if (!tables.has(appliedTable)) return undefined;
  const columns = await readColumns(session, database, appliedTable);
  const type = columns.find(({ name }) => name === 'applied_at')?.type;
  const time = toEpoch(type);
  const applied = `${tableIn(database, appliedTable)} a`;
  const listed = tables.has(metaTable)
    ? `a.id::VARCHAR, ${time}, m.plan_hash, m.duration_ms FROM ${applied} LEFT JOIN ${tableIn(
        database,
        metaTable,
      )} m ON m.id = a.id::VARCHAR`
    : `a.id::VARCHAR, ${time}, NULL, NULL FROM ${applied}`;
  const rows = await session.rows(
    `SELECT ${listed} WHERE a.id IS NOT NULL LIMIT ${maxRows}`,
  );
  return rows
    .map(([id, at, planHash, duration]) => ({
      id: String(id).replace(/\.sql$/, ''),
      ...(at !== null && { at: new Date(Number(at)).toISOString() }),
      ...(planHash !== null && { planHash: String(planHash) }),
      ...(duration !== null && { durationMs: Number(duration) }),
    }))
    .sort((one, other) => compareIds(one.id, other.id));
}

/** Milliseconds of the epoch, whatever type somebody gave the column; the names are whole, since a macro may hide them. */
function toEpoch(type: string | undefined): string {
  if (type === undefined) return 'NULL';
  return type.includes('TIME ZONE')
    ? 'system.main.epoch_ms(a.applied_at)'
    : 'system.main.epoch_ms(TRY_CAST(a.applied_at AS TIMESTAMP))';
}
