import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { shipReviewSchema } from './schema';
import { ShipReview } from './ShipReview';
import { validateShipReview } from './validateShipReview';

/** `ui:field: DojoShipReview`. */
export const shipReviewField = createFormField({
  name: 'DojoShipReview',
  component: ShipReview,
  validation: validateShipReview,
  schema: shipReviewSchema,
});
