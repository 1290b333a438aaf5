import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ReleaseReview } from './ReleaseReview';
import { releaseReviewSchema } from './schema';
import { validateReleaseReview } from './validateReleaseReview';

/** `ui:field: DojoReleaseReview`. */
export const releaseReviewField = createFormField({
  name: 'DojoReleaseReview',
  component: ReleaseReview,
  validation: validateReleaseReview,
  schema: releaseReviewSchema,
});
