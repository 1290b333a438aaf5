import { setTimeout as wait } from 'node:timers/promises';
import type { GuardedProgram } from './guard';

/** Milliseconds in which a program does what it is for; each needs a fraction. */
const within = 60_000;

/**
 * Waits until a program does what is looked for.
 *
 * @throws what it wrote, where it ended instead or never came to it; it is ended then.
 */
export async function until(
  program: GuardedProgram,
  isThere: () => Promise<boolean>,
): Promise<void> {
  const end = Date.now() + within;
  while (!(await isThere())) {
    if (program.hasExited() || Date.now() > end) {
      const log = await program.log();
      await program.kill();
      throw new Error(`${program.name} did not start: ${log.slice(-4_000)}`);
    }
    await wait(20);
  }
}
