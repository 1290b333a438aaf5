import type { Timer } from '../../plan/timer';

/** What several sources tell, in the order in which it came, for one who waits for it. */
export class ChangeQueue<T> {
  #items: T[] = [];
  #wake: () => void = () => undefined;

  /** Adds one, and wakes who waits. */
  push(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  /** All that came since it was asked last. */
  drain(): T[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  /** Ends once there is something to drain. One may wait at a time. */
  filled(): Promise<void> {
    if (this.#items.length > 0) return Promise.resolve();
    return new Promise(resolve => {
      this.#wake = resolve;
    });
  }
}

/** Ends once there is something to drain, or after so many milliseconds. */
export async function waitForChange<T>(
  queue: ChangeQueue<T>,
  timer: Timer,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  const filled = new AbortController();
  const time = timer.wait(
    Math.max(0, milliseconds),
    AbortSignal.any([signal, filled.signal]),
  );
  try {
    await Promise.race([queue.filled(), time]);
  } finally {
    filled.abort();
    time.catch(() => undefined);
  }
}
