import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { serviceReviewSchema } from './schema';
import { ServiceReview } from './ServiceReview';
import { validateServiceReview } from './validateServiceReview';

/** `ui:field: DojoServiceReview`. */
export const serviceReviewField = createFormField({
  name: 'DojoServiceReview',
  component: ServiceReview,
  validation: validateServiceReview,
  schema: serviceReviewSchema,
});
