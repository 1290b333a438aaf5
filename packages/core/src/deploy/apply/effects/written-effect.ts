import type { Effect } from '../../../effect/effect';
import { ClusterRefusal } from '../../../cluster/cluster-refusal';
import { toError } from '../refused-writes';
import type { RefusedRequest } from '../refused-writes';

/**
 * An effect on a system that answers a write with what it holds then. It was looked at when the plan was made, a moment
 * ago, and doing it twice changes nothing, so that it is asked again only where an answer was lost.
 */
export function writtenEffect(effect: {
  /** Resolves once the system has taken it. */
  write(signal: AbortSignal): Promise<void>;
  /** Asks the system whether it is as planned. */
  isDone(signal: AbortSignal): Promise<boolean>;
  /** Whether it is as planned already, as it was seen when the plan was made; default: it is not. */
  readonly isHeld?: boolean;
  /** What the write is about, for a refusal. */
  readonly about?: Omit<RefusedRequest, 'refusal'>;
}): Omit<Effect, 'key'> {
  let state: 'open' | 'answered' | 'lost' = effect.isHeld ? 'answered' : 'open';
  return {
    async find(signal) {
      const isDone =
        state === 'answered' ||
        (state === 'lost' && (await effect.isDone(signal)));
      return { kind: isDone ? 'as-planned' : 'absent' };
    },
    async create(signal) {
      state = 'lost';
      try {
        await effect.write(signal);
      } catch (error) {
        throw error instanceof ClusterRefusal
          ? toError([{ refusal: error, ...effect.about }])
          : error;
      }
      state = 'answered';
    },
  };
}
