import { setTimeout as wait } from 'node:timers/promises';
import type { Timer } from '../plan/timer';

/** {@link Timer} by the platform's own. */
export const systemTimer: Timer = {
  async wait(milliseconds, signal) {
    signal.throwIfAborted();
    try {
      await wait(milliseconds, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
