import type { ClientPorts } from '../wire/api-client';

/** Time that passes only by waiting for it. */
export interface FakeTime extends ClientPorts {
  /** Milliseconds of each wait. */
  readonly waits: number[];
}

/** Time for a client whose waits take none; without chance. */
export function fakeTime(): FakeTime {
  let now = Date.parse('2026-11-29T12:00:00Z');
  const waits: number[] = [];
  return {
    waits,
    clock: { now: () => new Date(now) },
    random: () => 0,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
}
