import { z } from 'zod/v3';
import { fileDiffSchema } from '../file-change';
import { outcomeSchema } from '../outcome';
import { planHashSchema } from '../plan-hash';
import { deploymentBlockSchema } from './deployment-block';
import { deploymentChildRequestSchema } from './deployment-child-request';
import { deploymentFindingSchema } from './deployment-finding';
import { deploymentFieldsSchema } from './deployment-request';
import { objectDiffSchema } from './object-diff';

/** Which waiting change of an overlay is merged; it waits on the branch `dojo/<component>/<environment>`. */
export const deploymentMergeRequestSchema = deploymentFieldsSchema
  .pick({ component: true, environment: true, infra: true, branch: true })
  .extend({
    /**
     * Of the plan that waits: what was reviewed is what lands, or nothing does. Absent in a dry run alone: whichever waits
     * is looked at.
     */
    planHash: planHashSchema.optional(),
  })
  .strict();
export type DeploymentMergeRequest = z.output<
  typeof deploymentMergeRequestSchema
>;

/**
 * What came of a merge. `planned`: a dry run of one that can be tried, or that `blocks` or an error in `findings` hold
 * back; `already-merged`: the change of this plan landed before; `closed`: it was taken back, and its branch is gone;
 * `failed`: an effect did not come about.
 */
export const deploymentMergeResultSchema = z.object({
  outcome: z.enum(['merged', 'already-merged', 'closed', 'planned', 'failed']),
  component: z.string(),
  environment: z.string(),
  /** Tag of the version that the change brings; absent: none is known. */
  version: z.string().optional(),
  overlayPath: z.string(),
  requestBranch: z.string(),
  /** Who asked for the change, by the commit's message; absent: it does not say. */
  requestedBy: z.string().optional(),
  /** When, ISO 8601; absent: it landed before. */
  requestedAt: z.string().optional(),
  /** Commit of the infra repository that landed; absent: none did. */
  commit: z.string().optional(),
  planHash: z.string(),
  /** The overlay's files as they change. */
  diffs: z.array(fileDiffSchema),
  /** The objects as they change, Secrets masked. */
  objects: z.array(objectDiffSchema),
  /** Of what is rendered after the merge; with an error in them nothing lands. */
  findings: z.array(deploymentFindingSchema),
  /** Rules that hold it back; a run is refused by the first. */
  blocks: z.array(deploymentBlockSchema),
  warnings: z.array(z.string()),
  effects: z.array(outcomeSchema),
});
export type DeploymentMergeResult = z.infer<typeof deploymentMergeResultSchema>;

/** What a child process of the portal is asked to merge; `requester` is who merges. */
export const deploymentMergeChildRequestSchema = deploymentChildRequestSchema
  .pick({ mode: true, access: true, policy: true, requester: true })
  .extend({
    kind: z.literal('deployment-merge'),
    request: deploymentMergeRequestSchema,
    /** Takes the change back instead of landing it; only in mode run. */
    close: z.literal(true).optional(),
  })
  .strict();

/** @public */
export type DeploymentMergeChildRequest = z.output<
  typeof deploymentMergeChildRequestSchema
>;

/** What was looked at is what is merged. */
export function refineMerge(
  { mode, request }: Pick<DeploymentMergeChildRequest, 'mode' | 'request'>,
  context: z.RefinementCtx,
): void {
  if (mode === 'plan' || request.planHash !== undefined) return;
  context.addIssue({
    code: z.ZodIssueCode.custom,
    path: ['request', 'planHash'],
    message: 'is needed: what is merged is what was looked at',
  });
}
