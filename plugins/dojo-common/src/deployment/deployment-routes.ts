import { z } from 'zod/v3';
import { deploymentChoicesSchema } from './deployment-choices';
import { refineDeploymentChoices } from './deployment-request';

/** The component by entity ref, the environment by name, and the choices: for who adds fields of its own. */
export const deploymentPlanFieldsSchema = deploymentChoicesSchema
  .extend({
    component: z.string().min(1),
    environment: z.string().min(1),
  })
  .strict();

/** Body of `POST /api/dojo/plans/deployment`. */
export const deploymentPlanBodySchema = deploymentPlanFieldsSchema.superRefine(
  refineDeploymentChoices,
);
export type DeploymentPlanBody = z.input<typeof deploymentPlanBodySchema>;
