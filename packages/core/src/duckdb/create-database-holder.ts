import { isDojoError } from 'backstage-plugin-dojo-common';
import type { DatabaseHolder } from '../migrate/ports';
import { AttachedDatabase } from './attached-database';
import { duckdbErrors } from './duckdb-errors';
import { ensureNoLinks } from './files/ensure-no-links';
import { ensureReadable, readDatabaseHeader } from './files/database-header';
import type { DatabaseHeader } from './files/database-header';
import { findCutRestore } from './files/find-cut-restore';
import { findDatabase, findWals } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import { LocalDatabase, heldOf } from './local-database';
import type { Opening } from './local-database';
import { takeTurn } from './files/path-mutex';
import { readWrittenSince } from './read-written-since';
import { ensureFolderWritable, removeDeadCopies } from './files/private-copy';

/** Options of {@link createDatabaseHolder}. */
export interface DatabaseHolderOptions {
  /** Recorded as applied_at; default: the system's clock. */
  readonly now?: () => Date;
  /** A folder below which no part of a database's path may be a link; default: links are followed. */
  readonly noLinksBelow?: string;
  /** Milliseconds between two lines of a long statement; default 10 s. */
  readonly heartbeat?: number;
}

const defaultHeartbeat = 10_000;

/** Failures of opening that a restore mends. */
const brokenCodes = new Set([
  'DATABASE_EMPTY',
  'DATABASE_NOT_DUCKDB',
  'DATABASE_STORAGE_UNSUPPORTED',
  'DATABASE_WAL_UNUSABLE',
  'DATABASE_BROKEN',
]);

/** Makes the port that opens DuckDB databases on this machine. The engine is loaded with its first use. */
export function createDatabaseHolder(
  options: DatabaseHolderOptions = {},
): DatabaseHolder {
  const resolved = {
    now: options.now ?? (() => new Date()),
    heartbeat: options.heartbeat ?? defaultHeartbeat,
  };
  const ensureOwn = async (database: string) => {
    const { noLinksBelow } = options;
    if (noLinksBelow !== undefined) await ensureNoLinks(database, noLinksBelow);
  };
  return {
    readWrittenSince: async ({ database, backup }, signal) => {
      await ensureOwn(database);
      const place = await findDatabase(database);
      if (!place.exists) return undefined;
      const endTurn = await takeTurn(place.path, signal);
      try {
        return await readWrittenSince(place, backup, signal);
      } finally {
        endTurn();
      }
    },
    hold: async (
      { database, access, storageVersion, toRestore = false },
      signal,
    ) => {
      await ensureOwn(database);
      const { path } = await findDatabase(database);
      const endTurn = await takeTurn(path, signal);
      try {
        // Looked for again: whoever had the turn before may have made it.
        const place = await findDatabase(path);
        if (access === 'write') {
          await ensureFolderWritable(place);
          await removeDeadCopies(place, { all: false });
        }
        const opening = place.exists
          ? await openPlace(place, access, toRestore, signal)
          : await openNothing(place);
        const held = heldOf(opening);
        // Whoever made it one meanwhile is found, too: what is open was looked for before.
        await ensureOwn(database).catch(error => {
          held?.close();
          throw error;
        });
        if (access === 'write' && held) {
          await removeDeadCopies(place, { all: held.isWritable });
        }
        return new LocalDatabase(
          { ...resolved, place, storageVersion, opening, toRestore },
          endTurn,
        );
      } catch (error) {
        endTurn();
        throw error;
      }
    },
  };
}

async function openNothing(place: DatabasePlace): Promise<Opening> {
  const [orphan] = await findWals(place.path);
  if (orphan !== undefined) throw duckdbErrors.walOrphan(place.path, orphan);
  return { kind: 'absent' };
}

async function openPlace(
  place: DatabasePlace,
  access: 'read' | 'write',
  toRestore: boolean,
  signal: AbortSignal,
): Promise<Opening> {
  try {
    const header: DatabaseHeader = await readDatabaseHeader(place.path);
    ensureReadable(place.path, header);
    const held = await AttachedDatabase.open(place, access, signal);
    const backup = toRestore
      ? await findCutRestore(place).catch(error => {
          held.close();
          throw error;
        })
      : undefined;
    return backup === undefined
      ? { kind: 'open', header, held }
      : {
          kind: 'broken',
          why: `a restore was cut off, its .wal lies beside ${backup} already`,
          half: { held, backup },
        };
  } catch (error) {
    const isBroken = isDojoError(error) && brokenCodes.has(error.code);
    if (!toRestore || !isBroken) throw error;
    return { kind: 'broken', why: error.message };
  }
}
