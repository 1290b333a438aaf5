import { filesOfDatabase } from '../files/database-path';
import type { AttachMode, DuckdbSession } from './duckdb-session';
import { openSession } from './open-session';
import type { SessionOptions } from './open-session';

/** Options of {@link openDatabase}. */
export interface OpenDatabaseOptions extends Omit<SessionOptions, 'files'> {
  readonly path: string;
  /** What it is attached as, where that may be. */
  readonly name: string;
  readonly mode: AttachMode;
  /** From now on it ends a statement at once. */
  readonly signal: AbortSignal;
}

/** A database that is open in a session of its own. */
export interface OpenedDatabase {
  /** To be closed by the caller. */
  readonly session: DuckdbSession;
  /** The name it is attached under. */
  readonly database: string;
}

/**
 * Opens a database: the one way to one, whatever for. No statement, ours neither, meets a database before its session
 * can reach nothing but that database.
 *
 * @throws what DuckDB says; nothing is open then.
 */
export async function openDatabase({
  path,
  name,
  mode,
  signal,
  ...options
}: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const session = await openSession({
    ...options,
    files: filesOfDatabase(path),
  });
  try {
    session.endWith(signal);
    return { session, database: await session.attach(path, name, mode) };
  } catch (error) {
    session.close();
    throw error;
  }
}
