import type { Clock } from '../../../plan/clock';
import type { Timer } from '../../../plan/timer';

/** A clock and a timer whose time passes when a test says so. */
export class TestTime implements Clock, Timer {
  #now: number;
  #waiting: { readonly at: number; readonly end: () => void }[] = [];

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      const entry = { at: this.#now + milliseconds, end: resolve };
      this.#waiting.push(entry);
      signal.addEventListener('abort', () => {
        this.#waiting = this.#waiting.filter(other => other !== entry);
        reject(signal.reason);
      });
    });
  }

  /** Lets all that can happen now happen, and then so much time pass, step by step. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      await settled();
      const next = Math.min(...this.#waiting.map(({ at }) => at));
      if (next > until) break;
      this.#now = Math.max(this.#now, next);
      const due = this.#waiting.filter(({ at }) => at <= this.#now);
      this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
      due.forEach(({ end }) => end());
    }
    this.#now = until;
    await settled();
  }
}

/** Promises that wait for nothing but each other are through. */
function settled(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(() => setImmediate(resolve));
  });
}
