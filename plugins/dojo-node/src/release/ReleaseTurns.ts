/** One release that waits for its turn. */
export interface ReleaseTurn {
  /** Complete entity ref. */
  readonly component: string;
  readonly signal: AbortSignal;
  /** Called where it has to wait. */
  readonly onWait: () => void;
}

/**
 * One release at a time of each component, in the order they came. The engine makes sure that two at once release once; here
 * the second finds the first one finished, and can say so.
 */
export class ReleaseTurns {
  readonly #last = new Map<string, Promise<void>>();

  /** @throws the signal's reason where it was aborted while it waited. */
  async run<T>(
    { component, signal, onWait }: ReleaseTurn,
    work: () => Promise<T>,
  ): Promise<T> {
    const before = this.#last.get(component);
    let finish = () => {};
    const finished = new Promise<void>(resolve => {
      finish = resolve;
    });
    // Who gives up keeps his place until then: the next one must not overtake who is running.
    const own = (before ?? Promise.resolve()).then(() => finished);
    this.#last.set(component, own);
    void own.then(() => {
      if (this.#last.get(component) === own) this.#last.delete(component);
    });
    try {
      if (before) {
        onWait();
        await orAborted(before, signal);
      }
      signal.throwIfAborted();
      return await work();
    } finally {
      finish();
    }
  }
}

async function orAborted(done: Promise<void>, signal: AbortSignal) {
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([done, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
