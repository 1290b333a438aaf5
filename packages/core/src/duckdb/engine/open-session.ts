import type { DuckDBInstance } from '@duckdb/node-api';
import { DuckdbSession } from './duckdb-session';
import { limitsSql } from './engine-limits';
import { loadDuckdb, openInstance } from './load-duckdb';
import { quoteText } from './quote-sql';

/** Options of {@link openSession}. */
export interface SessionOptions {
  /** Every file that the session may reach; it reaches no other, and no network. */
  readonly files: readonly string[];
  /** Default 1: small statements, of which there are many, are fastest so. */
  readonly threads?: number;
  /** Where DuckDB may spill; without it, it does not. */
  readonly spillFolder?: string;
}

let ahead: Promise<DuckDBInstance> | undefined;

/**
 * Begins to load the engine, which takes 70 ms, while the caller is still busy with its arguments; the next
 * {@link openSession} goes on with it. For a process that is about to open a database.
 */
export function openAhead(): void {
  ahead = createInstance({});
  // Whoever takes it is told.
  ahead.catch(() => undefined);
}

/**
 * Opens an in-memory DuckDB that files are attached to, locked up before anything is: a view, a default or a macro of a
 * database runs with our rights as soon as it is read. A WAL that a plain open cannot replay (DuckDB 1.3 to 1.5, after
 * ADD COLUMN … DEFAULT now()) is replayed by ATTACH.
 */
export async function openSession({
  files,
  ...options
}: SessionOptions): Promise<DuckdbSession> {
  const isPlain = Object.keys(options).length === 0;
  const opening = isPlain && ahead ? ahead : createInstance(options);
  if (opening === ahead) ahead = undefined;
  const instance = await opening;
  try {
    const session = new DuckdbSession(
      instance,
      await instance.connect(),
      loadDuckdb().version(),
    );
    await lockUp(session, files);
    return session;
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

async function createInstance({
  threads = 1,
  spillFolder = '',
}: Omit<SessionOptions, 'files'>): Promise<DuckDBInstance> {
  return openInstance({
    threads: String(threads),
    autoinstall_known_extensions: 'false',
    temp_directory: spillFolder,
  });
}

/** ADD COLUMN … DEFAULT now() sets it by itself, inside the transaction (DuckDB 1.5.5). */
const setByDuckdb = 'current_transaction_invalidation_policy';

/**
 * No other files, no network and no other settings: neither can be allowed again in the life of the instance. Without
 * the pragma, DETACH folds the WAL into the file, and a run that is refused must not change a byte. Dates are UTC,
 * wherever it runs.
 */
async function lockUp(
  session: DuckdbSession,
  files: readonly string[],
): Promise<void> {
  await session.run(
    `PRAGMA disable_checkpoint_on_shutdown;
     SET TimeZone = 'UTC';
     ${limitsSql()};
     SET allowed_paths = [${files.map(quoteText).join(', ')}];
     SET enable_external_access = false;
     SET allowed_configs = ['${setByDuckdb}'];
     SET lock_configuration = true`,
  );
}
