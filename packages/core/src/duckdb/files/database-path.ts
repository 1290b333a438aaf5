import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { duckdbErrors } from '../duckdb-errors';

/** Where a database is, or will be. */
export interface DatabasePlace {
  /** Absolute, symbolic links resolved: a rename in its place must not replace a link. */
  readonly path: string;
  readonly folder: string;
  /** File name. */
  readonly name: string;
  readonly exists: boolean;
}

/** Beside a database, what DuckDB may have left: commits that are not folded in yet, and halves of a fold. */
const walSuffixes = ['.wal', '.wal.checkpoint', '.wal.recovery'];

/** The database and all that DuckDB may make beside it: a fold needs each of them. */
export function filesOfDatabase(database: string): string[] {
  return ['', ...walSuffixes].map(suffix => `${database}${suffix}`);
}

/** Leaves room for what is put beside it: `.bak.`, the id of a backup (38), `.wal.checkpoint`; a name has 255 bytes. */
const maxNameBytes = 190;

/**
 * Finds out where a database is, without opening it.
 *
 * @throws DojoError DATABASE_IS_DIRECTORY, DATABASE_IS_NO_FILE, DATABASE_LINK_DANGLING, DATABASE_FOLDER_MISSING,
 * DATABASE_PATH_UNUSABLE, DATABASE_UNREADABLE, DATABASE_WAL_UNUSABLE.
 */
export async function findDatabase(database: string): Promise<DatabasePlace> {
  const asked = resolve(database);
  const place = await findPlace(asked).catch(error => {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw duckdbErrors.unreadable(asked, (error as Error).message);
  });
  ensureUsable(place);
  return place;
}

/** @throws DojoError DATABASE_PATH_UNUSABLE. */
function ensureUsable({ path, name }: DatabasePlace): void {
  // It takes what follows for parameters, and puts the WAL before it: outside of the folder, or not at all.
  if (path.includes('?')) {
    throw duckdbErrors.pathUnusable(path, 'DuckDB does not take a ? in it');
  }
  const bytes = Buffer.byteLength(name);
  if (bytes > maxNameBytes) {
    throw duckdbErrors.pathUnusable(
      path,
      `its name has ${bytes} bytes, and more than ${maxNameBytes} leave no room for the names of its backups`,
    );
  }
}

async function findPlace(asked: string): Promise<DatabasePlace> {
  const found = await stating(() => lstat(asked));
  if (found === undefined) {
    const folder = await realpath(dirname(asked)).catch(() => undefined);
    if (folder === undefined || !(await stat(folder)).isDirectory()) {
      throw duckdbErrors.folderMissing(asked, dirname(asked));
    }
    return toPlace(join(folder, basename(asked)), false);
  }
  const path = await realpath(asked).catch(async () => {
    throw duckdbErrors.linkDangling(asked, await readlink(asked));
  });
  const file = found.isSymbolicLink() ? await stat(path) : found;
  if (file.isDirectory()) throw duckdbErrors.isDirectory(path);
  if (!file.isFile()) throw duckdbErrors.isNoFile(path);
  await ensureWalsAreFiles(path);
  return toPlace(path, true);
}

/**
 * DuckDB, and who copies, would wait for ever at a pipe, and a link leads to what is not the database's.
 *
 * @throws DojoError DATABASE_WAL_UNUSABLE.
 */
export async function ensureWalsAreFiles(database: string): Promise<void> {
  for (const wal of await findWals(database)) {
    const file = await stating(() => lstat(wal));
    if (file?.isFile() === false) {
      throw duckdbErrors.walStale(database, wal, 'it is no regular file');
    }
  }
}

/** Paths of what DuckDB left beside the database, as far as they exist. */
export async function findWals(database: string): Promise<string[]> {
  const present: string[] = [];
  for (const suffix of walSuffixes) {
    const path = `${database}${suffix}`;
    if (await stating(() => lstat(path))) present.push(path);
  }
  return present;
}

/** Whether two paths name one file, as a hard link does. Both must exist. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [left, right] = await Promise.all([one, other].map(at => stat(at)));
  return left.dev === right.dev && left.ino === right.ino;
}

/** The name that DuckDB gives a file's database: what stands before the first dot. */
export function databaseName({ name }: DatabasePlace): string {
  return name.replace(/^\.+/, '').split('.')[0] || name;
}

/** Of these the last two say that nothing can be there. */
const absentCodes = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/** Undefined: proven absent. */
export async function stating<T>(
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && absentCodes.has(code)) return undefined;
    throw error;
  }
}

function toPlace(path: string, exists: boolean): DatabasePlace {
  return { path, folder: dirname(path), name: basename(path), exists };
}
