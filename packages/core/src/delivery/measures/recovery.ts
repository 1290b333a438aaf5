import type { ChainedLanding } from '../state/landing-chain';
import { millisOf } from '../words/clock-time';
import type { FailedLanding } from './failed-landings';

/**
 * When each failure was over: the first healthy outcome at or after it, or, of what nobody observed, when the next version
 * landed. Linear: looked for from the end.
 *
 * @param chain - all landings of the environment, oldest first.
 * @returns milliseconds by the landing's id; a failure that is not in it is open.
 */
export function recoveries(
  chain: readonly ChainedLanding[],
  failed: readonly FailedLanding[],
): ReadonlyMap<string, number> {
  const wished = new Set(failed.map(({ at }) => at));
  const found = new Map<string, number>();
  let remedy: number | undefined;
  for (let at = chain.length - 1; at >= 0; at--) {
    const link = chain[at];
    const landed = millisOf(link.landing.at);
    const own = healthyAt(link);
    if (wished.has(at)) {
      const over = own ?? remedy;
      if (over !== undefined) found.set(link.id, Math.max(0, over - landed));
    }
    const isRemedy =
      own === undefined &&
      link.outcome.kind === 'not-observed' &&
      (link.change === 'version' || link.change === 'rollback');
    if (own !== undefined) remedy = own;
    else if (isRemedy) remedy = landed;
  }
  return found;
}

function healthyAt({ outcomes, landing }: ChainedLanding): number | undefined {
  const healthy = outcomes.find(({ kind }) => kind === 'healthy');
  return healthy && millisOf(healthy.at ?? landing.at);
}
