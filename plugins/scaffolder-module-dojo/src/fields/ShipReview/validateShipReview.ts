import { requirePlan } from '../requirePlan';
import type { ShipReviewValue } from './schema';

/** Keeps the form from going on without a reviewed plan. */
export const validateShipReview =
  requirePlan<ShipReviewValue>('shipReview.blocked');
