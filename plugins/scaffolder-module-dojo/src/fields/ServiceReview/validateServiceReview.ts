import { requirePlan } from '../requirePlan';
import type { ServiceReviewValue } from './schema';

/** Keeps the form from going on without a reviewed plan. */
export const validateServiceReview = requirePlan<ServiceReviewValue>(
  'serviceReview.blocked',
);
