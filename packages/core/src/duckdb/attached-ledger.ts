import { isDojoError } from 'backstage-plugin-dojo-common';
import { stat } from 'node:fs/promises';
import type { Json } from '@duckdb/node-api';
import { readApplied } from './read-applied';
import { duckdbErrors } from './duckdb-errors';
import { openSession } from './duckdb-session';
import type { DuckdbSession } from './duckdb-session';
import { databaseName, findWals, stating } from './ledger-path';
import type { LedgerPlace } from './ledger-path';
import { needsWriter, parseDuckdbFailure } from './parse-duckdb-failure';
import { readFingerprint } from './schema-entries';
import { waitForAll } from '../wait-for-all';

/** What tells that nobody wrote a ledger meanwhile. */
interface Trace {
  readonly ledger: string;
  readonly wal: string | undefined;
}

/**
 * A ledger in DuckDB's hold: the lock on it, and the way to read it. With commits that are not folded in yet it is held
 * read-only until it is published: replaying them for writing may change bytes, and a run that is refused must not.
 */
export class AttachedLedger {
  private constructor(
    private readonly place: LedgerPlace,
    readonly session: DuckdbSession,
    readonly database: string,
    private writable: boolean,
    private readonly opened: Trace,
    /** What is applied, as it is written. */
    readonly rows: readonly Json[][],
    /** Of the schema. */
    readonly fingerprint: string,
  ) {}

  /** Whether nobody else has it open. */
  get isWritable(): boolean {
    return this.writable;
  }

  /**
   * Holds a ledger, and reads what needs no more than it.
   *
   * @param onOpening called when the engine is at it.
   * @throws DojoError LEDGER_LOCKED, LEDGER_WAL_UNUSABLE, LEDGER_BROKEN, …; nothing was changed.
   */
  static async open(
    place: LedgerPlace,
    access: 'read' | 'write',
    onOpening: () => void,
    signal: AbortSignal,
  ): Promise<AttachedLedger> {
    const wals = await findWals(place.path);
    let isWritable = access === 'write' && wals.length === 0;
    const session = await openSession();
    try {
      session.endWith(signal);
      const attaching = session.attach(place.path, databaseName(place), {
        kind: isWritable ? 'read-write' : 'read-only',
      });
      onOpening();
      const database = await attaching.catch(async error => {
        if (access === 'read' || !needsWriter(error)) throw error;
        // It writes blocks that nothing refers to until the WAL is folded in: what is committed stays as it is.
        isWritable = true;
        return session.attach(place.path, databaseName(place), {
          kind: 'read-write',
        });
      });
      const trace = await traceOf(place.path);
      const [rows, fingerprint] = await waitForAll([
        session.beside(beside => readApplied(beside, database, place.path)),
        readFingerprint(session, database),
      ]);
      return new AttachedLedger(
        place,
        session,
        database,
        isWritable,
        trace,
        rows,
        fingerprint,
      );
    } catch (error) {
      session.close();
      signal.throwIfAborted();
      if (isDojoError(error)) throw error;
      throw parseDuckdbFailure(error, place.path);
    }
  }

  /**
   * Folds every commit into the file and keeps everybody else out, so that the file alone is the ledger.
   *
   * @throws DojoError LEDGER_CHANGED, LEDGER_LOCKED.
   */
  async fold(): Promise<void> {
    const { path } = this.place;
    try {
      if (!this.writable) {
        // Between the two, somebody else may write it.
        await this.session.detach(this.database);
        await this.session.attach(path, this.database, { kind: 'read-write' });
        this.writable = true;
      }
      const now = await traceOf(path);
      const isSame =
        now.ledger === this.opened.ledger &&
        // Opening for writing removes a WAL that holds nothing.
        (now.wal === this.opened.wal || now.wal === undefined);
      if (!isSame) throw duckdbErrors.changed(path);
      await this.session.fold(this.database);
    } catch (error) {
      if (isDojoError(error)) throw error;
      throw parseDuckdbFailure(error, path);
    }
    const left = await findWals(path);
    if (left.length > 0) {
      throw duckdbErrors.verification(path, `${left[0]} was not folded in`);
    }
  }

  /** Lets go of it. */
  close(): void {
    this.session.close();
  }
}

async function traceOf(path: string): Promise<Trace> {
  const trace = async (file: string) => {
    const found = await stating(() => stat(file, { bigint: true }));
    return found && [found.ino, found.size, found.mtimeNs].join(' ');
  };
  const [ledger = 'none', wal] = [
    await trace(path),
    await trace(`${path}.wal`),
  ];
  return { ledger, wal };
}
