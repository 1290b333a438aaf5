/** Requests at a time: enough that a round trip is not waited for by each, few enough for the fairness of an API server. */
const lanes = 8;

/** Does it for each item, some at a time. @returns the results in the order of the items. */
export async function inLanes<T, R>(
  items: readonly T[],
  each: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const run = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await each(items[index]);
    }
  };
  await Promise.all(Array.from({ length: lanes }, run));
  return results;
}
