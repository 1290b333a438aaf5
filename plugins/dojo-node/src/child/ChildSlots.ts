/** One use of a slot. */
export interface SlotUse {
  /** Who asks: nobody takes the slots of all others. */
  readonly initiator: string;
  readonly signal: AbortSignal;
}

/** Options of {@link ChildSlots}. */
export interface ChildSlotsOptions {
  /** Processes at once, all together; each costs memory and a part of the machine's cores. */
  readonly max: number;
}

interface Waiting {
  readonly initiator: string;
  readonly start: () => void;
}

/**
 * How many child processes run at once. An initiator has at most half of them, rounded up, and those who wait are served
 * in turn, one of each: whoever asks for much waits for himself.
 */
export class ChildSlots {
  readonly #max: number;
  readonly #running = new Map<string, number>();
  readonly #waiting: Waiting[] = [];

  constructor({ max }: ChildSlotsOptions) {
    this.#max = max;
  }

  /** Runs the work once there is room. @throws what it throws; the signal's reason where it was aborted while waiting. */
  async run<T>(use: SlotUse, work: () => Promise<T>): Promise<T> {
    await this.#enter(use);
    try {
      return await work();
    } finally {
      this.#leave(use.initiator);
    }
  }

  async #enter({ initiator, signal }: SlotUse): Promise<void> {
    signal.throwIfAborted();
    if (this.#hasRoomFor(initiator)) {
      this.#count(initiator, 1);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const waiting = { initiator, start: () => {} };
      const onAbort = () => {
        const at = this.#waiting.indexOf(waiting);
        if (at < 0) return;
        this.#waiting.splice(at, 1);
        reject(signal.reason);
      };
      waiting.start = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiting);
    });
  }

  #leave(initiator: string): void {
    this.#count(initiator, -1);
    const next = this.#next();
    if (next === undefined) return;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.#count(next.initiator, 1);
    next.start();
  }

  /** Of those who wait, the first of whoever has the fewest running. */
  #next(): Waiting | undefined {
    return this.#waiting
      .filter(({ initiator }) => this.#hasRoomFor(initiator))
      .sort((a, b) => this.#of(a.initiator) - this.#of(b.initiator))[0];
  }

  #hasRoomFor(initiator: string): boolean {
    const all = [...this.#running.values()].reduce((sum, n) => sum + n, 0);
    return all < this.#max && this.#of(initiator) < Math.ceil(this.#max / 2);
  }

  #of(initiator: string): number {
    return this.#running.get(initiator) ?? 0;
  }

  #count(initiator: string, by: 1 | -1): void {
    const now = this.#of(initiator) + by;
    if (now === 0) this.#running.delete(initiator);
    else this.#running.set(initiator, now);
  }
}
