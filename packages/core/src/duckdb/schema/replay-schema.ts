import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlFile } from '../../migrate/files/migration';
import { openDatabase } from '../engine/open-database';
import { readSchema } from './schema-entries';
import type { SchemaEntry } from './schema-entries';

/** What a replay must be like, to spell things as the database does. */
export interface ReplayOptions {
  /** Name of the database. */
  readonly name: string;
  /** Of the database's header. */
  readonly storage: number;
  readonly signal: AbortSignal;
}

/** Names of the storage versions, by their number in the header. */
const storageNames = new Map([
  [64, 'v1.0.0'],
  [65, 'v1.2.0'],
  [66, 'v1.3.0'],
  [67, 'v1.4.0'],
  [68, 'v1.5.0'],
]);

/**
 * The schema that files make, statement by statement, in a temporary file of their own: DuckDB spells a view that was
 * just made differently from one that it has read.
 *
 * @returns undefined where they do not run there: what they do depends on rows.
 */
export async function replaySchema(
  files: readonly SqlFile[],
  options: ReplayOptions,
): Promise<SchemaEntry[] | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'dojo-replay-'));
  try {
    const path = join(folder, 'replay.duckdb');
    await replay(files, path, options);
    return await readReplay(path, options);
  } catch {
    options.signal.throwIfAborted();
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
    for (const { statements } of files) {
      for (const { text } of statements) {
        signal.throwIfAborted();
        await session.run(text);
      }
    }
    await session.fold(database);
  } finally {
    session.close();
  }
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
