import { duckdbErrors } from './duckdb-errors';
import type { DuckdbSession } from './engine/duckdb-session';
import { databaseName, findWals } from './files/ledger-path';
import type { LedgerPlace } from './files/ledger-path';
import { traceOf } from './files/ledger-trace';
import type { LedgerTrace } from './files/ledger-trace';

/** DuckDB's lock on a ledger: `read` keeps writers out, `write` everybody, `none` nobody: it is a copy that is open. */
export type LedgerLock = 'none' | 'read' | 'write';

/** A ledger that is open. */
export interface AttachedPlace {
  /** The name it is attached under. */
  readonly database: string;
  readonly lock: LedgerLock;
  /** Of the ledger, not of a copy. */
  readonly trace: LedgerTrace;
}

/**
 * Opens a ledger itself.
 *
 * @throws what DuckDB says; DojoError LEDGER_WAL_UNUSABLE.
 */
export async function attachPlace(
  session: DuckdbSession,
  place: LedgerPlace,
  lock: 'read' | 'write',
): Promise<AttachedPlace> {
  const database = await session.attach(place.path, databaseName(place), {
    kind: lock === 'write' ? 'read-write' : 'read-only',
  });
  await ensureNoHalf(place.path);
  return { database, lock, trace: await traceOf(place.path) };
}

/**
 * DuckDB takes no half of a fold without its WAL, and leaves it there; a later WAL would meet it. Asked under the lock:
 * who folds has moments of this kind.
 *
 * @throws DojoError LEDGER_WAL_UNUSABLE.
 */
async function ensureNoHalf(ledger: string): Promise<void> {
  const [first] = await findWals(ledger);
  if (first !== undefined && first !== `${ledger}.wal`) {
    const why = 'there is no .wal, so DuckDB opens the ledger without it';
    throw duckdbErrors.walStale(ledger, first, why);
  }
}
