import type { FailedRun } from '../facts';
import { millisOf } from '../words/clock-time';
import type { ChainedLanding } from './landing-chain';

/**
 * The runs whose rollouts failed, by the commit that they landed: a run is found by when it ended, since nothing in git
 * names it. What a failed rollout left is its landing; every other failure left nothing else. Linear in both.
 */
export function failedRunsOf(
  chains: ReadonlyMap<string, readonly ChainedLanding[]>,
  failures: readonly FailedRun[],
): ReadonlyMap<string, FailedRun> {
  const byCommit = new Map<string, FailedRun>();
  for (const failed of failures) {
    if (!/^DEPLOY_ROLLOUT_/.test(failed.error.code ?? '')) continue;
    const ended = millisOf(failed.at);
    const landed = chains
      .get(failed.environment ?? '')
      ?.findLast(({ landing }) => millisOf(landing.at) <= ended);
    if (landed?.outcome.kind !== 'failed') continue;
    byCommit.set(landed.landing.commit, failed);
  }
  return byCommit;
}
