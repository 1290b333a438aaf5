import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import type { ReleaseReviewValue } from './schema';

/** What goes with the form for a plan; absent where running it would change nothing. */
export function valueOf(result: ReleaseResult): ReleaseReviewValue | undefined {
  const { release, finish } = result.plan.decides;
  const target = release ?? finish;
  if (!target) return undefined;
  return {
    planHash: result.planHash,
    version: target.version,
    base: result.plan.decides.base,
    ...(release ? { date: release.date } : {}),
  };
}
