import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { DeploymentReview } from './DeploymentReview';
import { deploymentReviewSchema } from './schema';
import { validateDeploymentReview } from './validateDeploymentReview';

/** `ui:field: DojoDeploymentReview`. */
export const deploymentReviewField = createFormField({
  name: 'DojoDeploymentReview',
  component: DeploymentReview,
  validation: validateDeploymentReview,
  schema: deploymentReviewSchema,
});
