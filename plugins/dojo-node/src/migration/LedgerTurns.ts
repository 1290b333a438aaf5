import { ledgerBusy } from './ledgerErrors';

/** One use of a ledger. */
export interface LedgerTurn {
  /** Absolute path. */
  readonly ledger: string;
  /** The ledger in words. */
  readonly display: string;
  /** In words, for who waits: `a migration`. */
  readonly what: string;
  readonly signal: AbortSignal;
  /** Milliseconds that it waits for others; default: as long as it takes. */
  readonly patience?: number;
  /** Told, where it has to wait, what has the ledger then. */
  readonly onWait?: (running: string) => void;
}

/** Where nobody knows what runs. */
const something = 'another task';

interface Waiting {
  readonly done: Promise<void>;
}

/**
 * One at a time on each ledger, in the order they came. DuckDB's own lock holds between processes and refuses the
 * second; here the second waits.
 */
export class LedgerTurns {
  readonly #last = new Map<string, Waiting>();
  readonly #running = new Map<string, string>();

  /** @throws DojoError LEDGER_BUSY where its patience ends; the signal's reason where it was aborted while it waited. */
  async run<T>(turn: LedgerTurn, work: () => Promise<T>): Promise<T> {
    const { ledger, what } = turn;
    const before = this.#last.get(ledger);
    let finish = () => {};
    const own: Waiting = {
      done: new Promise(resolve => {
        finish = resolve;
      }),
    };
    this.#last.set(ledger, own);
    try {
      if (before) await this.#wait(before.done, turn);
      turn.signal.throwIfAborted();
      this.#running.set(ledger, what);
      return await work();
    } finally {
      // Who gives up before his turn keeps his place until then: the next one must not overtake who is running.
      void (before?.done ?? Promise.resolve()).then(() => {
        if (this.#last.get(ledger) === own) {
          this.#last.delete(ledger);
          this.#running.delete(ledger);
        }
        finish();
      });
    }
  }

  async #wait(
    done: Promise<void>,
    { ledger, display, signal, patience, onWait }: LedgerTurn,
  ): Promise<void> {
    onWait?.(this.#running.get(ledger) ?? something);
    let timer: NodeJS.Timeout | undefined;
    let onAbort = () => {};
    const gaveUp = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(signal.reason);
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      if (patience === undefined) return;
      timer = setTimeout(() => {
        const running = this.#running.get(ledger) ?? something;
        reject(ledgerBusy(display, running));
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
