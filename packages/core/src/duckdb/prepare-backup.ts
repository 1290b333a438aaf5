import { lstat, rename } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { isDojoError } from 'backstage-plugin-dojo-common';
import type { Rehearsal } from 'backstage-plugin-dojo-common';
import type { MigrationWorkOptions } from '../migrate/ports';
import { backupPath, listBackups } from './files/backups';
import { copyFiles } from './files/copy-files';
import { duckdbErrors } from './duckdb-errors';
import { openDatabase } from './engine/open-database';
import type { OpenedDatabase } from './engine/open-database';
import type { DuckdbSession } from './engine/duckdb-session';
import { ensureReadable, readDatabaseHeader } from './files/database-header';
import {
  databaseName,
  ensureWalsAreFiles,
  findWals,
  stating,
} from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import { ensureRights } from './files/ensure-rights';
import { parseDuckdbFailure } from './engine/parse-duckdb-failure';
import { syncPath } from './files/private-copy';
import type { PrivateCopy } from './files/private-copy';
import { readApplied, toApplied } from './schema/read-applied';
import { readEveryRow } from './engine/read-every-row';

/** Options of {@link prepareBackup}. */
export interface PrepareBackupOptions extends MigrationWorkOptions {
  readonly place: DatabasePlace;
  readonly copy: PrivateCopy;
}

/** A backup that may take the database's place. */
export interface PreparedBackup {
  readonly rehearsal: Rehearsal;
  /** What a reader should know of it, a sentence each. */
  readonly warnings?: readonly string[];
  /** Id of the last migration applied in it; absent: none. */
  readonly head?: string;
}

/**
 * Makes the copy one of a backup, folded, and proves that all of it can be read.
 *
 * @throws DojoError DATABASE_BACKUP_MISSING, and what opening a database throws, naming the backup.
 */
export async function prepareBackup(
  id: string,
  { place, copy, signal, log }: PrepareBackupOptions,
): Promise<PreparedBackup> {
  const started = performance.now();
  const path = backupPath(place, id);
  if (!(await stating(() => lstat(path)))?.isFile()) {
    const present = await listBackups(place);
    throw duckdbErrors.backupMissing(
      place.path,
      id,
      present.map(backup => backup.id),
    );
  }
  await ensureWalsAreFiles(path);
  ensureReadable(path, await readDatabaseHeader(path));
  const files = [path, ...(await findWals(path))];
  await copyFiles(files, copy.folder, signal);
  for (const file of files) {
    await rename(
      join(copy.folder, basename(file)),
      `${copy.path}${file.slice(path.length)}`,
    );
  }
  await ensureRights(path, copy.path);
  let opened: OpenedDatabase | undefined;
  let head: string | undefined;
  try {
    opened = await openDatabase({
      path: copy.path,
      name: databaseName(place),
      mode: { kind: 'private-copy' },
      threads: availableParallelism(),
      spillFolder: copy.spillFolder,
      signal,
    });
    const { session, database } = opened;
    await session.fold(database);
    head = await readHead(session, database, path);
    await readEveryRow(session, database);
  } catch (error) {
    signal.throwIfAborted();
    throw parseDuckdbFailure(error, path);
  } finally {
    opened?.session.close();
  }
  if ((await findWals(copy.path)).length > 0) {
    throw duckdbErrors.verification(path, 'it was not folded');
  }
  await syncPath(copy.path);
  const bytes = await copy.size();
  log(`${id}: read, ${bytes} bytes`);
  return {
    rehearsal: {
      statements: [],
      duration: performance.now() - started,
      diskBytes: bytes,
      sizeAfter: bytes,
      split: [],
    },
    ...(head !== undefined && { head }),
  };
}

/** A backup whose table is not ours is put back all the same. */
async function readHead(
  session: DuckdbSession,
  database: string,
  path: string,
): Promise<string | undefined> {
  try {
    const rows = await readApplied(session, database, path);
    return toApplied(rows, { migrations: [], caches: [] }).at(-1)?.id;
  } catch (error) {
    if (isDojoError(error)) return undefined;
    throw error;
  }
}
