import { isDojoError } from 'backstage-plugin-dojo-common';
import type { Json } from '@duckdb/node-api';
import { readApplied } from './schema/read-applied';
import { attachAside } from './attach-aside';
import { attachPlace } from './attach-place';
import type { AttachedPlace, DatabaseLock } from './attach-place';
import { duckdbErrors } from './duckdb-errors';
import type { DuckdbSession } from './engine/duckdb-session';
import { findWals } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import { isSameTrace, traceOf } from './files/database-trace';
import type { DatabaseTrace } from './files/database-trace';
import { needsWriter, parseDuckdbFailure } from './engine/parse-duckdb-failure';
import { readFingerprint } from './schema/schema-entries';
import { waitForAll } from './wait-for-all';

/**
 * A database in DuckDB's hold: the lock on it, and the way to read it. With commits that are not folded in yet it is held
 * read-only until it is published: replaying them for writing may change bytes, and a run that is refused must not. To
 * look at commits that only a writer can replay, a copy is open instead.
 */
export class AttachedDatabase {
  readonly #place: DatabasePlace;
  #lock: DatabaseLock;
  readonly #opened: DatabaseTrace;

  private constructor(
    place: DatabasePlace,
    readonly session: DuckdbSession,
    readonly database: string,
    lock: DatabaseLock,
    opened: DatabaseTrace,
    /** What is applied, as it is written. */
    readonly rows: readonly Json[][],
    /** Of the schema. */
    readonly fingerprint: string,
  ) {
    this.#place = place;
    this.#lock = lock;
    this.#opened = opened;
  }

  /** Whether nobody else has it open. */
  get isWritable(): boolean {
    return this.#lock === 'write';
  }

  /**
   * Holds a database, and reads what needs no more than it.
   *
   * @throws DojoError DATABASE_LOCKED, DATABASE_WAL_UNUSABLE, DATABASE_BROKEN, …; nothing was changed.
   */
  static async open(
    place: DatabasePlace,
    access: 'read' | 'write',
    signal: AbortSignal,
  ): Promise<AttachedDatabase> {
    let attached: AttachedPlace | undefined;
    try {
      attached = await attach(place, access, signal);
      const { session, database, lock, trace } = attached;
      const [rows, fingerprint] = await waitForAll([
        session.beside(beside => readApplied(beside, database, place.path)),
        readFingerprint(session, database),
      ]);
      return new AttachedDatabase(
        place,
        session,
        database,
        lock,
        trace,
        rows,
        fingerprint,
      );
    } catch (error) {
      attached?.session.close();
      signal.throwIfAborted();
      if (isDojoError(error)) throw error;
      throw parseDuckdbFailure(error, place.path);
    }
  }

  /**
   * Folds every commit into the file and keeps everybody else out, so that the file alone is the database.
   *
   * @throws DojoError DATABASE_CHANGED, DATABASE_LOCKED.
   */
  async fold(): Promise<void> {
    const { path } = this.#place;
    try {
      if (!this.isWritable) {
        // Between the two, somebody else may write it.
        await this.session.detach(this.database);
        await this.session.attach(path, this.database, { kind: 'read-write' });
        this.#lock = 'write';
      }
      const now = await traceOf(path);
      // Opening for writing removes a WAL that holds nothing.
      const isSame = isSameTrace(this.#opened, {
        wal: this.#opened.wal,
        ...now,
      });
      if (!isSame) throw duckdbErrors.changed(path);
      if (now.wal !== undefined) await this.session.fold(this.database);
    } catch (error) {
      if (isDojoError(error)) throw error;
      throw parseDuckdbFailure(error, path);
    }
    const left = await findWals(path);
    if (left.length > 0) {
      throw duckdbErrors.verification(path, `${left[0]} was not folded in`);
    }
  }

  /**
   * Makes sure that what was read is still what is there, for one that nobody is kept from writing.
   *
   * @throws DojoError DATABASE_CHANGED.
   */
  async confirm(): Promise<void> {
    const { path } = this.#place;
    if (
      this.#lock === 'none' &&
      !isSameTrace(this.#opened, await traceOf(path))
    ) {
      throw duckdbErrors.changed(path);
    }
  }

  /** Lets go of it. */
  close(): void {
    this.session.close();
  }
}

async function attach(
  place: DatabasePlace,
  access: 'read' | 'write',
  signal: AbortSignal,
): Promise<AttachedPlace> {
  const wals = await findWals(place.path);
  const lock = access === 'write' && wals.length === 0 ? 'write' : 'read';
  try {
    return await attachPlace(place, lock, signal);
  } catch (error) {
    if (!needsWriter(error)) throw error;
    // It writes blocks that nothing refers to until the WAL is folded in: what is committed stays as it is.
    return access === 'write'
      ? attachPlace(place, 'write', signal)
      : attachAside(place, signal);
  }
}
