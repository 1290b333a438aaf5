import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { MigrationReview } from './MigrationReview';
import { migrationReviewSchema } from './schema';
import { validateMigrationReview } from './validateMigrationReview';

/** `ui:field: DojoMigrationReview`. */
export const migrationReviewField = createFormField({
  name: 'DojoMigrationReview',
  component: MigrationReview,
  validation: validateMigrationReview,
  schema: migrationReviewSchema,
});
