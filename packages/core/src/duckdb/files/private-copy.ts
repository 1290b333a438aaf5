import { mkdtemp, open, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  hostMark,
  isOwnerAlive,
  noteOwner,
  ownerMark,
} from '../../local/run-owner';
import { duckdbErrors } from '../duckdb-errors';
import { findWals } from './database-path';
import type { DatabasePlace } from './database-path';

/** A folder beside the database, `.<name>.dojo-<host>-<pid>-…`, for the length of one run: its name says whose it is. */
export interface PrivateCopy {
  readonly folder: string;
  /** The copy; it may not exist yet. */
  readonly path: string;
  /** Where DuckDB may spill. */
  readonly spillFolder: string;
  /** Bytes of the copy as it is, with what was not folded in yet. */
  size(): Promise<number>;
  /** Bytes of the copy, and of what DuckDB has spilled beside it. */
  usage(): Promise<number>;
  dispose(): Promise<void>;
}

const marker = 'dojo';
/** Bytes of the database's name in the name of a copy. */
const maxNameBytes = 120;

/**
 * Makes an empty folder for a copy, on the disk of the database: a rename only works there. The copies of runs that died
 * here make room for it, as big as the database as they may be.
 *
 * @throws DojoError DATABASE_FOLDER_READ_ONLY, DATABASE_SPACE_RAN_OUT.
 */
export async function createPrivateCopy(
  place: DatabasePlace,
): Promise<PrivateCopy> {
  await removeDeadCopies(place, { all: false });
  const folder = await makeFolder(place);
  // Without it, its name says whose it is.
  await noteOwner(folder).catch(() => undefined);
  const path = join(folder, place.name);
  const spillFolder = join(folder, 'spill');
  const size = async () => sizesOf([path, ...(await findWals(path))]);
  return {
    folder,
    path,
    spillFolder,
    size,
    usage: async () => {
      // DuckDB makes the folder when it needs it.
      const spilled = await readdir(spillFolder).catch(() => []);
      const files = spilled.map(name => join(spillFolder, name));
      return (await size()) + (await sizesOf(files));
    },
    dispose: () => removeFolder(folder),
  };
}

/**
 * Removes the copies of runs that died.
 * @param all also those of other hosts: only while the database is held for writing, when nobody else can be at it.
 */
export async function removeDeadCopies(
  place: DatabasePlace,
  { all }: { readonly all: boolean },
): Promise<void> {
  const prefix = prefixOf(place);
  for (const name of await readdir(place.folder)) {
    if (!name.startsWith(prefix)) continue;
    const owner = /^([A-Za-z0-9]+)-(\d+)-[A-Za-z0-9]{6}$/.exec(
      name.slice(prefix.length),
    );
    if (!owner) continue;
    const isHere = owner[1] === hostMark();
    // The turns of path-mutex.ts say that no other run of this process is at this database.
    const path = join(place.folder, name);
    const pid = Number(owner[2]);
    const isDead = isHere
      ? pid === process.pid || !(await isOwnerAlive(path, pid))
      : all;
    if (isDead) await removeFolder(path);
  }
}

/** What cannot be removed is in nobody's way, and does not undo what is done: it may be another user's. */
async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(
    () => undefined,
  );
}

/** Makes what was written survive a power cut. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes sure that a run can work in the database's folder, by doing what it will do.
 *
 * @throws DojoError DATABASE_FOLDER_READ_ONLY.
 */
export async function ensureFolderWritable(
  place: DatabasePlace,
): Promise<void> {
  await rmdir(await makeFolder(place)).catch(() => {
    throw duckdbErrors.folderReadOnly(place.path, place.folder);
  });
}

async function makeFolder(place: DatabasePlace): Promise<string> {
  const { path, folder } = place;
  try {
    return await mkdtemp(join(folder, `${prefixOf(place)}${ownerMark()}-`));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOSPC' || code === 'EDQUOT'
      ? duckdbErrors.spaceRanOut(path)
      : duckdbErrors.folderReadOnly(path, folder);
  }
}

async function sizesOf(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += await sizeOf(path);
  return bytes;
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    // Between its creation and its removal: there is nothing of it.
    return 0;
  }
}

function prefixOf({ name }: DatabasePlace): string {
  const start = Buffer.from(name).subarray(0, maxNameBytes).toString('utf8');
  // What is left of a character that was cut.
  return `.${start.replace(/\uFFFD+$/, '')}.${marker}-`;
}
