import type { DuckDBConnection, DuckDBInstance, Json } from '@duckdb/node-api';
import { quoteIdentifier, quoteText } from './quote-sql';

/** How a file is attached. `private-copy`: no WAL is written, since nobody looks at it before it is complete. */
export type AttachMode =
  | { readonly kind: 'read-only' }
  | { readonly kind: 'read-write' }
  | { readonly kind: 'private-copy'; readonly storageVersion?: string };

/** A name that only the engine itself may give a database. */
const reservedNames = new Set([
  'memory',
  'main',
  'temp',
  'system',
  'information_schema',
  'pg_catalog',
]);
/** The database that an instance begins with. */
const ownDatabase = 'memory';
const interruptMilliseconds = 20;

/**
 * One instance with one connection, made by `openSession`, which locks it up. Errors are DuckDB's own: the caller knows
 * what they are about.
 */
export class DuckdbSession {
  #closed = false;
  #isOnly = false;
  #signal: AbortSignal | undefined;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    /** `v1.5.5` */
    readonly engine: string,
  ) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** Whether the signal of {@link endWith} ended it. */
  get isEnded(): boolean {
    return this.#signal?.aborted ?? false;
  }

  /** From now on the signal ends a statement at once, with its reason. */
  endWith(signal: AbortSignal): void {
    this.#signal = signal;
  }

  /** Works on a connection of its own to the same databases, while this one is at something else. */
  async beside<T>(work: (session: DuckdbSession) => Promise<T>): Promise<T> {
    const connection = await this.#instance.connect();
    const session = new DuckdbSession(this.#instance, connection, this.engine);
    if (this.#signal) session.endWith(this.#signal);
    try {
      return await work(session);
    } finally {
      connection.closeSync();
    }
  }

  /** @returns the name it is attached under: the one that the file has for whoever opens it plainly, where that may be. */
  async attach(path: string, name: string, mode: AttachMode): Promise<string> {
    const given = reservedNames.has(name.toLowerCase()) ? `${name}_db` : name;
    await this.run(
      `ATTACH ${quoteText(path)} AS ${quoteIdentifier(given)} (${[
        'TYPE duckdb',
        ...attachOptions(mode),
      ].join(', ')})`,
    );
    return given;
  }

  /**
   * Folds every commit of an attached database into its file. An index over its own macro or type is only understood
   * where unqualified names mean that database.
   */
  async fold(database: string): Promise<void> {
    const checkpoint = `CHECKPOINT ${quoteIdentifier(database)}`;
    if (this.#isOnly) {
      await this.run(checkpoint);
      return;
    }
    await this.use(database);
    await this.run(checkpoint);
    await this.use(ownDatabase);
  }

  /** Lets go of an attached database, without folding. */
  async detach(database: string): Promise<void> {
    await this.run(`DETACH ${quoteIdentifier(database)}`);
  }

  /**
   * Makes an attached database the one that unqualified names mean. Those of functions too: a macro of the database then
   * hides one of DuckDB's, so our own queries run before.
   */
  async use(database: string): Promise<void> {
    await this.run(`USE ${quoteIdentifier(database)}`);
  }

  /**
   * As {@link use}, and lets go of the database that an instance begins with: what a migration made in `memory` would be
   * lost without a word. There can be no other connection afterwards, nor {@link beside}.
   */
  async useOnly(database: string): Promise<void> {
    await this.use(database);
    await this.detach(ownDatabase);
    this.#isOnly = true;
  }

  /**
   * Runs SQL as it is: each statement by itself, unless it opens a transaction.
   * @returns rows that the last statement changed.
   */
  async run(sql: string): Promise<number> {
    const result = await this.#interruptible(this.#connection.run(sql));
    return result.rowsChanged;
  }

  /** The rows of the last statement; 64-bit integers and what JSON has no word for are strings. */
  async rows(sql: string): Promise<Json[][]> {
    const reader = await this.#interruptible(
      this.#connection.runAndReadAll(sql),
    );
    return reader.getRowsJson();
  }

  /** Parses SQL, and runs none of it. @returns DuckDB's error; undefined: it parses. */
  async parse(sql: string): Promise<unknown> {
    try {
      await this.#connection.extractStatements(sql);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  /** Ends the instance: files are closed, and their locks gone. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #interruptible<T>(running: Promise<T>): Promise<T> {
    const signal = this.#signal;
    if (signal === undefined) return running;
    let timer: NodeJS.Timeout | undefined;
    // Once more and again: the engine forgets an interrupt that comes before its statement began.
    const interrupt = () => {
      this.#connection.interrupt();
      timer ??= setInterval(interrupt, interruptMilliseconds);
    };
    if (signal.aborted) interrupt();
    else signal.addEventListener('abort', interrupt, { once: true });
    try {
      return await running;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      clearInterval(timer);
      signal.removeEventListener('abort', interrupt);
    }
  }
}

function attachOptions(mode: AttachMode): string[] {
  switch (mode.kind) {
    case 'read-only':
      return ['READ_ONLY'];
    case 'private-copy':
      return [
        'RECOVERY_MODE no_wal_writes',
        ...(mode.storageVersion === undefined
          ? []
          : [`STORAGE_VERSION ${quoteText(mode.storageVersion)}`]),
      ];
    default:
      return [];
  }
}
