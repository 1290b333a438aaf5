import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { duckdbErrors } from './duckdb-errors';

/** Where a ledger is, or will be. */
export interface LedgerPlace {
  /** Absolute, symbolic links resolved: a rename in its place must not replace a link. */
  readonly path: string;
  readonly folder: string;
  /** File name. */
  readonly name: string;
  readonly exists: boolean;
}

/** Beside a ledger, what DuckDB may have left: commits that are not folded in yet, and halves of a fold. */
const walSuffixes = ['.wal', '.wal.checkpoint', '.wal.recovery'];

/**
 * Finds out where a ledger is, without opening it.
 *
 * @throws DojoError LEDGER_IS_DIRECTORY, LEDGER_IS_NO_FILE, LEDGER_LINK_DANGLING, LEDGER_FOLDER_MISSING.
 */
export async function findLedger(database: string): Promise<LedgerPlace> {
  const asked = resolve(database);
  const found = await stating(() => lstat(asked));
  if (found === undefined) {
    const folder = await realpath(dirname(asked)).catch(() => {
      throw duckdbErrors.folderMissing(asked, dirname(asked));
    });
    return toPlace(join(folder, basename(asked)), false);
  }
  const path = await realpath(asked).catch(async () => {
    throw duckdbErrors.linkDangling(asked, await readlink(asked));
  });
  const file = found.isSymbolicLink() ? await stat(path) : found;
  if (file.isDirectory()) throw duckdbErrors.isDirectory(path);
  if (!file.isFile()) throw duckdbErrors.isNoFile(path);
  return toPlace(path, true);
}

/** Paths of what DuckDB left beside the ledger, as far as they exist. */
export async function findWals(ledger: string): Promise<string[]> {
  const present: string[] = [];
  for (const suffix of walSuffixes) {
    const path = `${ledger}${suffix}`;
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
export function databaseName({ name }: LedgerPlace): string {
  return name.replace(/^\.+/, '').split('.')[0] || name;
}

/** Undefined: proven absent. */
export async function stating<T>(
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function toPlace(path: string, exists: boolean): LedgerPlace {
  return { path, folder: dirname(path), name: basename(path), exists };
}
