import { DojoError } from 'backstage-plugin-dojo-common';

const shownDigits = 12;

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
      message: `the plan ${reviewed.slice(
        0,
        shownDigits,
      )} no longer holds: the plan made now is ${now.slice(0, shownDigits)}`,
      hint: `${sources} changed since the review; plan again.`,
    }),
};
