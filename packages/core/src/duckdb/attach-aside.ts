import { isDojoError } from 'backstage-plugin-dojo-common';
import type { AttachedPlace } from './attach-place';
import { copyFiles } from './files/copy-files';
import { duckdbErrors } from './duckdb-errors';
import { openDatabase } from './engine/open-database';
import { databaseName, findWals } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import { isSameTrace, traceOf } from './files/database-trace';
import { createPrivateCopy } from './files/private-copy';

/**
 * Opens a copy of a database whose WAL only a writer can replay, to be looked at. The copy is gone from the folder when
 * this returns; the engine has it open for as long as it is attached.
 *
 * @throws DojoError DATABASE_WAL_NEEDS_WRITER where there is no place for a copy, DATABASE_CHANGED.
 */
export async function attachAside(
  place: DatabasePlace,
  signal: AbortSignal,
): Promise<AttachedPlace> {
  const { path } = place;
  const wals = await findWals(path);
  const copy = await createPrivateCopy(place).catch(error => {
    throw isDojoError(error) && error.code === 'DATABASE_FOLDER_READ_ONLY'
      ? duckdbErrors.walNeedsWriter(path, `${path}.wal`)
      : error;
  });
  try {
    const trace = await traceOf(path);
    await copyFiles([path, ...wals], copy.folder, signal);
    if (!isSameTrace(trace, await traceOf(path)))
      throw duckdbErrors.changed(path);
    const opened = await openDatabase({
      path: copy.path,
      name: databaseName(place),
      mode: { kind: 'private-copy' },
      signal,
    });
    try {
      await opened.session.fold(opened.database);
    } catch (error) {
      opened.session.close();
      throw error;
    }
    return { ...opened, lock: 'none', trace };
  } finally {
    await copy.dispose();
  }
}
