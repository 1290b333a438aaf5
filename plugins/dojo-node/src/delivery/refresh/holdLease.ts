import { setTimeout as sleep } from 'node:timers/promises';

/** A replica that died is replaced within this time. */
const leaseMs = 60_000;
const renewMs = 20_000;

/**
 * Does work that goes on and on in one replica at a time: in the one that holds the lease, as long as it can renew it. Work
 * that ends by itself is begun again with the next renewal. Resolves when the signal aborts.
 */
export async function holdLease(
  options: {
    readonly take: (lengthMs: number) => Promise<boolean>;
    readonly signal: AbortSignal;
    /** Default: 20 s. */
    readonly renewMs?: number;
  },
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { take, signal } = options;
  let running: { abort: AbortController; done: Promise<void> } | undefined;
  while (!signal.aborted) {
    // A database that is away keeps nobody's lease.
    const isHeld = await take(leaseMs).catch(() => false);
    if (isHeld && !signal.aborted) {
      running ??= begin();
    } else {
      running?.abort.abort(new Error('another replica does it now'));
    }
    await sleep(options.renewMs ?? renewMs, undefined, { signal }).catch(
      () => undefined,
    );
  }
  running?.abort.abort(signal.reason);
  await running?.done;

  function begin() {
    const abort = new AbortController();
    const done = work(abort.signal)
      .catch(() => undefined)
      .finally(() => {
        if (running?.abort === abort) running = undefined;
      });
    return { abort, done };
  }
}
