import { setTimeout as wait } from 'node:timers/promises';

/** Waits until something holds. @throws after 30 s. */
export async function untilTrue(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Not within 30 s: ${holds}`);
    await wait(20);
  }
}
