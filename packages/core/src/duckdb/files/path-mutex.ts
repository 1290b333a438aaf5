/** A turn, to be ended by calling it. */
export type EndTurn = () => void;

/**
 * One at a time per file in this process, over all copies of this package in it: a second opener would silently lose
 * committed rows, and any open and close of the file drops the lock of whoever holds it.
 */
const symbol = Symbol.for('dojo-portal-core.database-turns');
const turns: Map<string, Promise<void>> = ((
  globalThis as unknown as Record<symbol, Map<string, Promise<void>>>
)[symbol] ??= new Map());

/**
 * Waits for the turn of this process on a file.
 * @param path with symbolic links resolved.
 * @throws the signal's reason where it was aborted while waiting.
 */
export async function takeTurn(
  path: string,
  signal: AbortSignal,
): Promise<EndTurn> {
  signal.throwIfAborted();
  const before = turns.get(path) ?? Promise.resolve();
  let end: EndTurn = () => undefined;
  const mine = new Promise<void>(resolve => {
    end = resolve;
  });
  const last = before.then(() => mine);
  turns.set(path, last);
  // Whoever waits no longer hands the turn on.
  await waitFor(before, signal).catch(reason => {
    end();
    throw reason;
  });
  return () => {
    end();
    if (turns.get(path) === last) turns.delete(path);
  };
}

async function waitFor(
  before: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([before, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
