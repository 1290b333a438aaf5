import { requirePlan } from '../requirePlan';
import type { ReleaseReviewValue } from './schema';

/** Keeps the form from going on without a reviewed plan. */
export const validateReleaseReview = requirePlan<ReleaseReviewValue>(
  'releaseReview.blocked',
);
