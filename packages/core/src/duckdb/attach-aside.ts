import { isDojoError } from 'backstage-plugin-dojo-common';
import type { AttachedPlace } from './attach-place';
import { copyFiles } from './files/copy-files';
import { duckdbErrors } from './duckdb-errors';
import type { DuckdbSession } from './engine/duckdb-session';
import { databaseName, findWals } from './files/ledger-path';
import type { LedgerPlace } from './files/ledger-path';
import { isSameTrace, traceOf } from './files/ledger-trace';
import { createPrivateCopy } from './files/private-copy';

/**
 * Opens a copy of a ledger whose WAL only a writer can replay, to be looked at. The copy is gone from the folder when
 * this returns; the engine has it open for as long as it is attached.
 *
 * @throws DojoError LEDGER_WAL_NEEDS_WRITER where there is no place for a copy, LEDGER_CHANGED.
 */
export async function attachAside(
  session: DuckdbSession,
  place: LedgerPlace,
  signal: AbortSignal,
): Promise<AttachedPlace> {
  const { path } = place;
  const wals = await findWals(path);
  const copy = await createPrivateCopy(place).catch(error => {
    throw isDojoError(error) && error.code === 'LEDGER_FOLDER_READ_ONLY'
      ? duckdbErrors.walNeedsWriter(path, `${path}.wal`)
      : error;
  });
  try {
    const trace = await traceOf(path);
    await copyFiles([path, ...wals], copy.folder, signal);
    if (!isSameTrace(trace, await traceOf(path)))
      throw duckdbErrors.changed(path);
    const database = await session.attach(copy.path, databaseName(place), {
      kind: 'private-copy',
    });
    await session.fold(database);
    return { database, lock: 'none', trace };
  } finally {
    await copy.dispose();
  }
}
