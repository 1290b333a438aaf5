import type { z } from 'zod/v3';
import { deploymentFieldsSchema } from './deployment-request';

/**
 * What a person chooses of a deployment: exactly one of `version`, `promoteFrom`, `rollbackTo` and `prepare`, and what the overlay is
 * to say beside it. In Backstage the places come from the component's annotations and the configuration, and no form,
 * agent or task names one. The rules between the fields are `refineDeploymentChoices`.
 */
export const deploymentChoicesSchema = deploymentFieldsSchema.omit({
  component: true,
  environment: true,
  infra: true,
  branch: true,
  base: true,
  image: true,
  awaited: true,
});

/** As written, before defaults. @public */
export type DeploymentChoicesInput = z.input<typeof deploymentChoicesSchema>;
/** @public */
export type DeploymentChoices = z.output<typeof deploymentChoicesSchema>;
