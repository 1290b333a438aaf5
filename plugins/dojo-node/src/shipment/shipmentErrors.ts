import { DojoError, shortOid } from 'backstage-plugin-dojo-common';

/** The errors of shipments that no part of them has. */
export const shipmentErrors = {
  /** Others pushed between the review and the run. */
  branchMoved: (branch: string, reviewed: string, now: string) =>
    new DojoError({
      code: 'SHIPMENT_BRANCH_MOVED',
      kind: 'conflict',
      message: `${branch} moved from ${shortOid(reviewed)} to ${shortOid(
        now,
      )} since your review. Nothing was changed.`,
      hint: 'Review again.',
    }),
};
