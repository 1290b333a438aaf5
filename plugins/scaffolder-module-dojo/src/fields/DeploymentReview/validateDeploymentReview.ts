import { requirePlan } from '../requirePlan';
import type { DeploymentReviewValue } from './schema';

/** Keeps the form from going on without a reviewed plan. */
export const validateDeploymentReview = requirePlan<DeploymentReviewValue>(
  'deploymentReview.blocked',
);
