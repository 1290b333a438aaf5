import { z } from 'zod/v3';
import { outcomeSchema } from '../outcome';
import { deploymentPlanSchema } from './deployment-plan';
import { failureCauseSchema } from './failure-cause';
import { objectHealthSchema } from './object-health';

/** How the change was taken back whose rollout failed. */
const deploymentRollbackSchema = z.object({
  /** `none`: there was nothing to go back to, or it was not possible; `reason` says why. */
  outcome: z.enum(['deployed', 'failed', 'none']),
  /** Tag that was gone back to; absent: none is known. */
  version: z.string().optional(),
  /** Commit of the infra repository that restores what was there before. */
  commit: z.string().optional(),
  /** One sentence. */
  reason: z.string(),
  effects: z.array(outcomeSchema),
});
export type DeploymentRollback = z.infer<typeof deploymentRollbackSchema>;

/**
 * The output of `dojo deploy --json`. `planned`: a dry run with something to do; `requested`: a branch asks for the change,
 * and it waits for its merge; `waiting`: it has landed, and Argo CD or Flux has not brought it up yet; `already-deployed`: an earlier run carried out the reviewed plan; `failed`: an effect did not
 * come about (its outcome says why). Of an overlay that is only prepared `deployed` says that it has landed: nothing runs.
 */
export const deploymentResultSchema = z.object({
  outcome: z.enum([
    'deployed',
    'requested',
    'waiting',
    'already-deployed',
    'nothing-to-deploy',
    'planned',
    'failed',
  ]),
  /** Tag of the version; absent: none is known. */
  version: z.string().optional(),
  overlayPath: z.string(),
  /** Commit of the infra repository that holds the change, on its branch or on that of the request. */
  commit: z.string().optional(),
  /** Branch that asks for the change. */
  requestBranch: z.string().optional(),
  /** Page of the pull or merge request on a forge that asks for the change. */
  pullRequestUrl: z.string().optional(),
  /** Commit that the base is pinned to; absent: the overlay was only prepared. */
  baseSha: z.string().optional(),
  imageDigest: z.string().optional(),
  planHash: z.string(),
  plan: deploymentPlanSchema,
  effects: z.array(outcomeSchema),
  /** Of mode apply: the health of the objects when the rollout ended. */
  health: z.array(objectHealthSchema).optional(),
  /** Of a rollout that failed: why, the most telling first. */
  causes: z.array(failureCauseSchema).optional(),
  /** Of a rollout that failed with `onFailure: rollback`. */
  rollback: deploymentRollbackSchema.optional(),
});
export type DeploymentResult = z.infer<typeof deploymentResultSchema>;
