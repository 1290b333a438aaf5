import { DojoError } from 'backstage-plugin-dojo-common';
import { shortPlanHash } from './plan-hash';

/** The errors of plans, whatever they plan. */
export const planErrors = {
  /**
   * What was reviewed is not what would happen now. `sources`: in words, what a plan of this kind is made from, one of
   * which changed since the review.
   */
  changed: (reviewed: string, now: string, sources: string) =>
    new DojoError({
      code: 'PLAN_CHANGED',
      kind: 'conflict',
      message: `The plan changed since your review: ${shortPlanHash(
        reviewed,
      )} was reviewed, ${shortPlanHash(now)} is the plan made now`,
      hint: `${sources} changed; plan again.`,
    }),
};
