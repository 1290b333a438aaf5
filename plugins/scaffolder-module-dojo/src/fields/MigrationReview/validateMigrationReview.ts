import { requirePlan } from '../requirePlan';
import type { MigrationReviewValue } from './schema';

/** Keeps the form from going on without a reviewed plan. */
export const validateMigrationReview = requirePlan<MigrationReviewValue>(
  'migrationReview.blocked',
);
