import { databaseErrors } from './databaseErrors';

/** One use of a database. */
export interface DatabaseTurn {
  /** Absolute path. */
  readonly database: string;
  /** The database in words. */
  readonly display: string;
  /** In words, for who waits: `a migration`. */
  readonly what: string;
  /** The whole sentence for who waits, where it has a better one; `since`: when it began. */
  readonly tell?: (since: Date) => string;
  readonly signal: AbortSignal;
  /** Milliseconds that it waits for others; default: as long as it takes. */
  readonly patience?: number;
  /** Told, where it has to wait, who has the database then: a sentence. */
  readonly onWait?: (sentence: string) => void;
}

interface Waiting {
  readonly done: Promise<void>;
}

/**
 * One at a time on each database, in the order they came. DuckDB's own lock holds between processes and refuses the
 * second; here the second waits.
 */
export class DatabaseTurns {
  readonly #clock: { now(): Date };
  readonly #last = new Map<string, Waiting>();
  /** Sentence about what runs on each. */
  readonly #running = new Map<string, string>();

  /** @param clock - Default: the system's. */
  constructor(clock: { now(): Date } = { now: () => new Date() }) {
    this.#clock = clock;
  }

  /** @throws DojoError DATABASE_BUSY where its patience ends; the signal's reason where it was aborted while it waited. */
  async run<T>(turn: DatabaseTurn, work: () => Promise<T>): Promise<T> {
    const { database, display, what, tell } = turn;
    const before = this.#last.get(database);
    let finish = () => {};
    const own: Waiting = {
      done: new Promise(resolve => {
        finish = resolve;
      }),
    };
    this.#last.set(database, own);
    try {
      if (before) await this.#wait(before.done, turn);
      turn.signal.throwIfAborted();
      this.#running.set(
        database,
        tell?.(this.#clock.now()) ?? busy(display, what),
      );
      return await work();
    } finally {
      // Who gives up before his turn keeps his place until then: the next one must not overtake who is running.
      void (before?.done ?? Promise.resolve()).then(() => {
        if (this.#last.get(database) === own) {
          this.#last.delete(database);
          this.#running.delete(database);
        }
        finish();
      });
    }
  }

  async #wait(
    done: Promise<void>,
    { database, display, signal, patience, onWait }: DatabaseTurn,
  ): Promise<void> {
    // Between two turns nobody knows yet which comes next.
    const running = () =>
      this.#running.get(database) ?? busy(display, 'another task');
    onWait?.(running());
    let timer: NodeJS.Timeout | undefined;
    let onAbort = () => {};
    const gaveUp = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(signal.reason);
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      if (patience === undefined) return;
      timer = setTimeout(() => {
        reject(databaseErrors.databaseBusy(running()));
      }, patience);
    });
    try {
      await Promise.race([done, gaveUp]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }
}

function busy(display: string, what: string): string {
  return `${display} is in use by ${what} of this portal`;
}
