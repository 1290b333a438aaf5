import { duckdbErrors } from './duckdb-errors';
import { openDatabase } from './engine/open-database';
import type { OpenedDatabase } from './engine/open-database';
import { databaseName, findWals } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import { traceOf } from './files/database-trace';
import type { DatabaseTrace } from './files/database-trace';

/** DuckDB's lock on a database: `read` keeps writers out, `write` everybody, `none` nobody: it is a copy that is open. */
export type DatabaseLock = 'none' | 'read' | 'write';

/** A database that is open, itself or as a copy of it. */
export interface AttachedPlace extends OpenedDatabase {
  readonly lock: DatabaseLock;
  /** Of the database, not of a copy. */
  readonly trace: DatabaseTrace;
}

/**
 * Opens a database itself.
 *
 * @throws what DuckDB says; DojoError DATABASE_WAL_UNUSABLE.
 */
export async function attachPlace(
  place: DatabasePlace,
  lock: 'read' | 'write',
  signal: AbortSignal,
): Promise<AttachedPlace> {
  const opened = await openDatabase({
    path: place.path,
    name: databaseName(place),
    mode: { kind: lock === 'write' ? 'read-write' : 'read-only' },
    signal,
  });
  try {
    await ensureNoHalf(place.path);
    return { ...opened, lock, trace: await traceOf(place.path) };
  } catch (error) {
    opened.session.close();
    throw error;
  }
}

/**
 * DuckDB takes no half of a fold without its WAL, and leaves it there; a later WAL would meet it. Asked under the lock:
 * who folds has moments of this kind.
 *
 * @throws DojoError DATABASE_WAL_UNUSABLE.
 */
async function ensureNoHalf(database: string): Promise<void> {
  const [first] = await findWals(database);
  if (first !== undefined && first !== `${database}.wal`) {
    const why = 'there is no .wal, so DuckDB opens the database without it';
    throw duckdbErrors.walStale(database, first, why);
  }
}
