/** Runs the work on each item: at most so many at once, and of one key at most so many. Ends early where the signal aborts. */
export async function runLimited<T>(
  items: readonly T[],
  limits: {
    readonly atOnce: number;
    readonly perKey: number;
    readonly keyOf: (item: T) => string;
    readonly signal: AbortSignal;
  },
  work: (item: T) => Promise<void>,
): Promise<void> {
  const { atOnce, perKey, keyOf, signal } = limits;
  const waiting = [...items];
  const running = new Map<string, number>();
  const count = (key: string) => running.get(key) ?? 0;

  async function worker(): Promise<void> {
    while (!signal.aborted) {
      const index = waiting.findIndex(item => count(keyOf(item)) < perKey);
      if (index === -1) return;
      const [item] = waiting.splice(index, 1) as [T];
      const key = keyOf(item);
      running.set(key, count(key) + 1);
      try {
        await work(item);
      } finally {
        running.set(key, count(key) - 1);
      }
    }
  }
  // A worker leaves where all that waits is of keys that are at work; those who work on them go on with the rest.
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, worker),
  );
}
