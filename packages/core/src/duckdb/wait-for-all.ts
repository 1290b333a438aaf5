/**
 * `Promise.all` that throws only when all are done: nothing is closed under what still runs.
 *
 * @throws what the first of them threw.
 */
export async function waitForAll<T extends readonly unknown[]>(
  running: readonly [...{ [At in keyof T]: Promise<T[At]> }],
): Promise<T> {
  await Promise.allSettled(running);
  return (await Promise.all(running)) as unknown as T;
}
