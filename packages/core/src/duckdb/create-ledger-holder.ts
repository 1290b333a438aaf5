import { isDojoError } from 'backstage-plugin-dojo-common';
import type { LedgerHolder } from '../migrate/ports';
import { AttachedLedger } from './attached-ledger';
import { duckdbErrors } from './duckdb-errors';
import { ensureReadable, readLedgerHeader } from './files/ledger-header';
import type { LedgerHeader } from './files/ledger-header';
import { findCutRestore } from './files/find-cut-restore';
import { findLedger, findWals } from './files/ledger-path';
import type { LedgerPlace } from './files/ledger-path';
import { LocalLedger, heldOf } from './local-ledger';
import type { Opening } from './local-ledger';
import { takeTurn } from './files/path-mutex';
import { ensureFolderWritable, removeDeadCopies } from './files/private-copy';

/** Options of {@link createLedgerHolder}. */
export interface LedgerHolderOptions {
  /** Recorded as applied_at; default: the system's clock. */
  readonly now?: () => Date;
  /** Milliseconds between two lines of a long statement; default 10 s. */
  readonly heartbeat?: number;
}

const defaultHeartbeat = 10_000;

/** Failures of opening that a restore mends. */
const brokenCodes = new Set([
  'LEDGER_EMPTY',
  'LEDGER_NOT_DUCKDB',
  'LEDGER_STORAGE_UNSUPPORTED',
  'LEDGER_WAL_UNUSABLE',
  'LEDGER_BROKEN',
]);

/** Makes the port that opens DuckDB ledgers on this machine. The engine is loaded with its first use. */
export function createLedgerHolder(
  options: LedgerHolderOptions = {},
): LedgerHolder {
  const resolved = {
    now: options.now ?? (() => new Date()),
    heartbeat: options.heartbeat ?? defaultHeartbeat,
  };
  return {
    hold: async (
      {
        database,
        access,
        storageVersion,
        toRestore = false,
        onOpening = () => undefined,
      },
      signal,
    ) => {
      const { path } = await findLedger(database);
      const endTurn = await takeTurn(path, signal);
      try {
        // Looked for again: whoever had the turn before may have made it.
        const place = await findLedger(path);
        if (access === 'write') {
          await ensureFolderWritable(place);
          await removeDeadCopies(place, { all: false });
        }
        const opening = place.exists
          ? await openPlace(place, access, toRestore, onOpening, signal)
          : await openNothing(place);
        const held = heldOf(opening);
        if (access === 'write' && held) {
          await removeDeadCopies(place, { all: held.isWritable });
        }
        return new LocalLedger(
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

async function openNothing(place: LedgerPlace): Promise<Opening> {
  const [orphan] = await findWals(place.path);
  if (orphan !== undefined) throw duckdbErrors.walOrphan(place.path, orphan);
  return { kind: 'absent' };
}

async function openPlace(
  place: LedgerPlace,
  access: 'read' | 'write',
  toRestore: boolean,
  onOpening: () => void,
  signal: AbortSignal,
): Promise<Opening> {
  try {
    const header: LedgerHeader = await readLedgerHeader(place.path);
    ensureReadable(place.path, header);
    const held = await AttachedLedger.open(place, access, onOpening, signal);
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
