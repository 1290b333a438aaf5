import { link, mkdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachedDatabase } from './attached-database';
import { backupPath, pruneBackups } from './files/backups';
import { copyFiles } from './files/copy-files';
import { duckdbErrors } from './duckdb-errors';
import { findWals, isSameFile, stating } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import { syncPath } from './files/private-copy';
import type { PrivateCopy } from './files/private-copy';

/** From the first step of a publication on, it is quicker to be done than to stop. */
const neverAborted = new AbortController().signal;

/** What is put in a database's place. */
export interface Publication {
  readonly place: DatabasePlace;
  readonly copy: PrivateCopy;
  /** Absent: the database does not open (a restore), or there is none. */
  readonly held?: AttachedDatabase;
  /** Id of the backup that the present file becomes. */
  readonly backup: string;
  readonly keepBackups: number;
  /** Id of the backup that the copy is of; absent: it is a migrated one. */
  readonly restored?: string;
}

/**
 * Puts a verified copy in the database's place with one rename, and keeps what was there. At every instant the database is
 * exactly the old or exactly the new one, and no file lies beside a WAL that is not its own.
 *
 * @returns whether a backup was made.
 * @throws DojoError DATABASE_CHANGED where somebody else was first, DATABASE_NOT_REPLACEABLE; all is as it was.
 */
export async function publishCopy(publication: Publication): Promise<boolean> {
  const { place, copy, held, backup, keepBackups, restored } = publication;
  if (!place.exists) {
    await publishNew(place, copy);
    return false;
  }
  await held?.fold();
  const kept = backupPath(place, backup);
  await keep(publication, kept);
  try {
    if (held === undefined) await moveWals(place.path, kept);
    await rename(copy.path, place.path);
  } catch (error) {
    await moveWals(kept, place.path);
    await unlink(kept);
    throw duckdbErrors.notReplaceable(place.path, (error as Error).message);
  }
  await syncPath(place.folder);
  await pruneBackups(place, keepBackups, restored);
  return true;
}

async function publishNew(
  place: DatabasePlace,
  copy: PrivateCopy,
): Promise<void> {
  const [orphan] = await findWals(place.path);
  if (orphan !== undefined) {
    throw duckdbErrors.walOrphan(place.path, orphan);
  }
  try {
    // Unlike a rename, it fails where somebody made the database meanwhile.
    await link(copy.path, place.path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw duckdbErrors.changed(place.path);
    if (!isWithoutLinks(code)) throw error;
    await rename(copy.path, place.path);
  }
  await unlink(copy.path).catch(() => undefined);
  await syncPath(place.folder);
}

async function keep({ place, copy }: Publication, kept: string): Promise<void> {
  try {
    await link(place.path, kept);
  } catch (error) {
    // By a restore that was cut off.
    if (await stating(() => isSameFile(place.path, kept))) return;
    if (!isWithoutLinks((error as NodeJS.ErrnoException).code)) throw error;
    const folder = join(copy.folder, 'kept');
    await mkdir(folder);
    await copyFiles([place.path], folder, neverAborted);
    await rename(join(folder, place.name), kept);
  }
}

/** The WAL of a database that does not open goes with it: a restored file beside it would not open either. */
async function moveWals(from: string, to: string): Promise<void> {
  for (const wal of await findWals(from)) {
    await rename(wal, `${to}${wal.slice(from.length)}`);
  }
}

function isWithoutLinks(code: string | undefined): boolean {
  return code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP';
}
