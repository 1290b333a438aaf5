import { isDojoError } from 'backstage-plugin-dojo-common';
import { maxAttempts, toWait } from '../http/retry';
import type { HttpPorts } from '../http/retry';

/**
 * Makes something that there may be only one of, over a connection that may break. The reply is lost then, not the
 * request: a second one goes out only where the first left nothing.
 *
 * @param create sends one request.
 * @param find looks for what it would have left.
 * @throws what `create` threw last, or at once where it was no broken connection.
 */
export async function createOnce<T>(
  create: () => Promise<T>,
  find: () => Promise<T | undefined>,
  { sleep, clock }: Pick<HttpPorts, 'sleep' | 'clock'>,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create();
    } catch (error) {
      const isLost = isDojoError(error) && error.code === 'FORGE_UNAVAILABLE';
      if (!isLost || attempt === maxAttempts) throw error;
    }
    await sleep(toWait(attempt, undefined, clock.now()), signal);
    const made = await find();
    if (made !== undefined) return made;
  }
}
