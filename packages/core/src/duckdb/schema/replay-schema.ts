import { isDojoError } from 'backstage-plugin-dojo-common';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlFile } from '../../migrate/files/migration';
import type { JudgeOptions } from '../../migrate/ports';
import { createTemporaryFolder } from '../../local/temporary-folder';
import type { TemporaryFolder } from '../../local/temporary-folder';
import { saidByDuckdb } from '../engine/parse-duckdb-failure';
import { ParentWatch } from '../watch-parents';
import { openDatabase } from '../engine/open-database';
import { BudgetExceeded, watchBudget } from './watch-budget';
import { readSchema } from './schema-entries';
import type { SchemaEntry } from './schema-entries';
import { withoutRows } from './without-rows';

/** What a replay must be like, to spell things as the database does. */
export interface ReplayOptions extends JudgeOptions {
  /** Name of the database. */
  readonly name: string;
  /** Of the database: where it is replayed if there is no place for temporary files. */
  readonly folder: string;
  /** Of the database's header. */
  readonly storage: number;
}

/** What came of a replay. `why`: the place and DuckDB's words. */
export type Replay =
  | { readonly kind: 'replayed'; readonly schema: readonly SchemaEntry[] }
  | { readonly kind: 'impossible'; readonly why: string };

/** A statement that does not run in a replay. */
class ReplayFailure extends Error {}

/** Names of the storage versions, by their number in the header. */
const storageNames = new Map([
  [64, 'v1.0.0'],
  [65, 'v1.2.0'],
  [66, 'v1.3.0'],
  [67, 'v1.4.0'],
  [68, 'v1.5.0'],
]);

/**
 * The schema that files make, statement by statement and without any row, in a temporary file of their own: DuckDB
 * spells a view that was just made differently from one that it has read.
 */
export async function replaySchema(
  files: readonly SqlFile[],
  options: ReplayOptions,
): Promise<Replay> {
  const folder = await makeFolder(options.folder);
  if (folder === undefined) {
    return { kind: 'impossible', why: 'there is no folder to write to' };
  }
  const path = join(folder.path, 'replay.duckdb');
  const limits = watchBudget(path, options);
  try {
    const limited = { ...options, signal: limits.signal };
    await replay(files, path, limited);
    return { kind: 'replayed', schema: await readReplay(path, limited) };
  } catch (error) {
    options.signal.throwIfAborted();
    const isSaid =
      error instanceof ReplayFailure || error instanceof BudgetExceeded;
    return {
      kind: 'impossible',
      why: isSaid ? error.message : saidByDuckdb(error),
    };
  } finally {
    limits.stop();
    await folder.dispose();
  }
}

/** In a container, the root may be read-only, and the folder of the database the only one that is not. */
async function makeFolder(other: string): Promise<TemporaryFolder | undefined> {
  for (const parent of [tmpdir(), other]) {
    const folder = await createTemporaryFolder(parent, '.dojo-replay-').catch(
      () => undefined,
    );
    if (folder !== undefined) return folder;
  }
  return undefined;
}

async function replay(
  files: readonly SqlFile[],
  path: string,
  { name, storage, signal }: ReplayOptions,
): Promise<void> {
  const storageVersion = storageNames.get(storage);
  const { session, database } = await openDatabase({
    path,
    name,
    mode: {
      kind: 'private-copy',
      ...(storageVersion !== undefined && { storageVersion }),
    },
    signal,
  });
  try {
    await session.useOnly(database);
    const parents = new ParentWatch(session, database);
    for (const { path: file, statements } of files) {
      for (const statement of statements) {
        signal.throwIfAborted();
        const sql = withoutRows(statement);
        if (sql === undefined) continue;
        if (statement.kind === 'other') await ensureParents(parents);
        await session.run(sql).catch(error => {
          signal.throwIfAborted();
          throw new ReplayFailure(
            `${file}:${statement.line}: ${saidByDuckdb(error)}`,
          );
        });
        parents.note(statement, `${file}:${statement.line}`);
      }
    }
    await ensureParents(parents);
    await session.fold(database);
  } finally {
    session.close();
  }
}

/** What cannot be folded was never folded so by DuckDB itself: it was made in another way. */
async function ensureParents(parents: ParentWatch): Promise<void> {
  await parents.ensureParents().catch(error => {
    throw isDojoError(error) ? new ReplayFailure(error.message) : error;
  });
}

async function readReplay(
  path: string,
  { name, signal }: ReplayOptions,
): Promise<SchemaEntry[]> {
  const { session, database } = await openDatabase({
    path,
    name,
    mode: { kind: 'read-only' },
    signal,
  });
  try {
    return await readSchema(session, database);
  } finally {
    session.close();
  }
}
