import { z } from 'zod/v3';
import { planHashSchema } from '../plan-hash';
import { deploymentMergeResultSchema } from './merge-request';

/** Body of `POST /api/dojo/merges/deployment`: what was looked at is what is merged. */
export const deploymentMergeBodySchema = z
  .object({
    component: z.string().min(1),
    environment: z.string().min(1),
    planHash: planHashSchema,
  })
  .strict();
export type DeploymentMergeBody = z.input<typeof deploymentMergeBodySchema>;

/** The answer of `GET /api/dojo/components/:namespace/:kind/:name/environments/:environment/waiting`. */
export const waitingDeploymentSchema = z.object({
  /** The dry run of its merge; absent: no change of the component waits there to be merged by the portal. */
  waiting: deploymentMergeResultSchema.optional(),
});
export type WaitingDeployment = z.infer<typeof waitingDeploymentSchema>;
