/** Runs at a time; more would only wait for each other. */
const lanes = 2;

/** Does it to all, a few at a time. @returns the results in the order of the items. */
export async function inLanes<T, R>(
  items: readonly T[],
  body: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        results[next[0]] = await body(next[1], next[0]);
      }
    }),
  );
  return results;
}
