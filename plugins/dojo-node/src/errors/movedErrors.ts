import { DojoError, shortOid } from 'backstage-plugin-dojo-common';

/** What others did between a review and its run, which stops the run before its first effect. */
export const movedErrors = {
  /** Somebody pushed to the branch that is released. */
  branchMoved: (branch: string, reviewed: string, now: string) =>
    new DojoError({
      code: 'PLAN_CHANGED',
      kind: 'conflict',
      message: `${branch} moved from ${shortOid(reviewed)} to ${shortOid(
        now,
      )} since your review. Nothing was changed.`,
      hint: 'Review again.',
    }),
  /** Somebody changed the overlay, whatever they did to it. */
  overlayChanged: (
    environment: string,
    { commit, by }: { readonly commit: string; readonly by?: string },
  ) =>
    new DojoError({
      code: 'PLAN_CHANGED',
      kind: 'conflict',
      message: `The overlay of ${environment} changed since your review (commit ${shortOid(
        commit,
      )}${by === undefined ? '' : ` by ${by}`}). Nothing was changed.`,
      hint: 'Review again.',
    }),
};
