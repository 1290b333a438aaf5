import { link, mkdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachedDatabase } from './attached-database';
import { duckdbErrors } from './duckdb-errors';
import { backupPath, pruneBackups } from './files/backups';
import { copyFiles } from './files/copy-files';
import { findWals, isSameFile, stating } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import { stampOf } from './files/database-trace';
import { syncPath } from './files/private-copy';
import type { PrivateCopy } from './files/private-copy';

/** A copy in its folder is small work away from the database's place: it is quicker to be done than to stop. */
const neverAborted = new AbortController().signal;

/** Options of {@link CopyPublication}. */
export interface CopyPublicationOptions {
  readonly place: DatabasePlace;
  readonly copy: PrivateCopy;
  /** Absent: the database does not open (a restore), or there is none. */
  readonly held?: AttachedDatabase;
  /** Id of the backup that the copy is of; absent: it is a migrated one. */
  readonly restored?: string;
}

/**
 * Puts a verified copy in the database's place with one rename, and keeps what was there. At every instant the database is
 * exactly the old or exactly the new one, and no file lies beside a WAL that is not its own. What is done already is asked
 * of the file system.
 */
export class CopyPublication {
  readonly #options: CopyPublicationOptions;
  /** Of the copy, by which it is known wherever it is. */
  readonly #stamp: string | undefined;
  #hasTakenPlace = false;
  #folding: Promise<void> | undefined;
  /** Path of the backup that {@link CopyPublication.keep} made. */
  #made: string | undefined;

  /** @param options `copy`: verified, and written by nobody any more. */
  static async of(options: CopyPublicationOptions): Promise<CopyPublication> {
    return new CopyPublication(options, await stampOf(options.copy.path));
  }

  private constructor(
    options: CopyPublicationOptions,
    stamp: string | undefined,
  ) {
    this.#options = options;
    this.#stamp = stamp;
  }

  /**
   * Whether the file that is there now is kept as this backup: by {@link CopyPublication.keep}, or by a restore that was
   * cut off after it.
   */
  async isKept(backup: string): Promise<boolean> {
    const { place } = this.#options;
    const kept = backupPath(place, backup);
    return this.#made === kept || isFound(() => isSameFile(place.path, kept));
  }

  /**
   * Keeps the file that is there now as a backup: a second name of it, or a copy where the volume has no links.
   *
   * @throws DojoError DATABASE_CHANGED, DATABASE_LOCKED; all is as it was.
   */
  async keep(backup: string): Promise<void> {
    const { place, copy } = this.#options;
    await this.#fold();
    const kept = backupPath(place, backup);
    try {
      await link(place.path, kept);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
      // Volumes have many words for that they have no links, or not this one. Whatever it is, a copy does.
      const folder = join(copy.folder, 'kept');
      await mkdir(folder);
      await copyFiles([place.path], folder, neverAborted);
      await rename(join(folder, place.name), kept);
    }
    this.#made = kept;
  }

  /** Whether the copy is the database: by what the volume said of the rename, or, where its word was lost, by the file. */
  async isReplaced(): Promise<boolean> {
    if (this.#hasTakenPlace) return true;
    const now = await stampOf(this.#options.place.path);
    return now !== undefined && now === this.#stamp;
  }

  /**
   * Puts the copy in the database's place.
   *
   * @param backup id of the backup that was made of what is there; absent where nothing is.
   * @param keepBackups how many backups of this kind stay; older ones are removed.
   * @throws DojoError DATABASE_CHANGED where somebody else was first, DATABASE_NOT_REPLACEABLE; all is as it was.
   */
  async replace(
    backup: string | undefined,
    keepBackups: number,
  ): Promise<void> {
    const { place, copy, held, restored } = this.#options;
    if (backup === undefined) {
      await publishNew(place, copy);
      this.#hasTakenPlace = true;
      await syncPath(place.folder);
      return;
    }
    await this.#fold();
    const kept = backupPath(place, backup);
    try {
      if (held === undefined) await moveWals(place.path, kept);
      await rename(copy.path, place.path);
    } catch (error) {
      // A volume may have done it, and lost its reply.
      if (await this.isReplaced()) return;
      await moveWals(kept, place.path);
      await unlink(kept);
      this.#made = undefined;
      throw duckdbErrors.notReplaceable(place.path, (error as Error).message);
    }
    this.#hasTakenPlace = true;
    await syncPath(place.folder);
    await pruneBackups(place, keepBackups, restored);
  }

  /** Removes the backup that was made for nothing, where the database was not replaced after it. */
  async undo(): Promise<void> {
    const made = this.#made;
    if (made === undefined || (await this.isReplaced())) return;
    await unlink(made);
    this.#made = undefined;
  }

  /** Once: after it, the file is no longer the one that was opened. */
  async #fold(): Promise<void> {
    this.#folding ??= this.#options.held?.fold();
    await this.#folding;
  }
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
    if (code === 'EEXIST' || (await stampOf(place.path)) !== undefined) {
      throw duckdbErrors.changed(place.path);
    }
    await rename(copy.path, place.path).catch(reason => {
      throw duckdbErrors.notReplaceable(place.path, (reason as Error).message);
    });
  }
  await unlink(copy.path).catch(() => undefined);
}

/** The WAL of a database that does not open goes with it: a restored file beside it would not open either. */
async function moveWals(from: string, to: string): Promise<void> {
  for (const wal of await findWals(from)) {
    await rename(wal, `${to}${wal.slice(from.length)}`);
  }
}

/** The answer, or false where a file that is asked about is not there. */
async function isFound(ask: () => Promise<boolean>): Promise<boolean> {
  return (await stating(ask)) ?? false;
}
