import { z } from 'zod/v3';
import { outcomeSchema } from '../outcome';
import { deploymentPlanSchema } from './deployment-plan';

/**
 * The output of `dojo deploy --json`. `planned`: a dry run with something to do; `requested`: a branch asks for the change,
 * and it waits for its merge; `already-deployed`: an earlier run carried out the reviewed plan; `failed`: an effect did not
 * come about (its outcome says why).
 */
export const deploymentResultSchema = z.object({
  outcome: z.enum([
    'deployed',
    'requested',
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
  /** Commit that the base is pinned to. */
  baseSha: z.string(),
  imageDigest: z.string().optional(),
  planHash: z.string(),
  plan: deploymentPlanSchema,
  effects: z.array(outcomeSchema),
});
export type DeploymentResult = z.infer<typeof deploymentResultSchema>;
