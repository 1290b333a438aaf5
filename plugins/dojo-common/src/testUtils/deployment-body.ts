import type { DeploymentPlanBody } from '../deployment/deployment-routes';

/** What is asked for in the plan of a deployment here: v0.3.0 of ledger in dev. */
export const deploymentBody: DeploymentPlanBody = {
  component: 'component:default/ledger',
  environment: 'dev',
  version: 'v0.3.0',
};
