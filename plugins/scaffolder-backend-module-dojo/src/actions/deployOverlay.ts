import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  deploymentPlanFieldsSchema,
  DeploymentResult,
  deploymentResultSchema,
  refineDeploymentChoices,
  summaryOfDeployment,
} from 'backstage-plugin-dojo-common';
import type { DojoService } from 'backstage-plugin-dojo-node';
import {
  ensureDeploys,
  ensureRolledOut,
  ensureSettled,
  logOf,
  logPlan,
  logRollout,
} from '../outcomes';
import { parseActionInput } from '../parseActionInput';
import {
  commonInputs,
  commonOutputs,
  componentInput,
  reviewedAtInput,
} from './commonInputs';
import { examples } from './deployOverlay.examples';

const inputSchema = deploymentPlanFieldsSchema.extend({
  component: componentInput.describe(
    'Entity ref of the component to deploy; its annotations say where its base is',
  ),
  environment: deploymentPlanFieldsSchema.shape.environment.describe(
    'Name of one of dojo.environments',
  ),
  ...commonInputs,
  reviewedAt: reviewedAtInput.describe(
    'Commit that had last changed the overlay at the review; with it that conflict names the one that changed it since',
  ),
});

const { objects, diffs } = deploymentResultSchema.shape.plan.shape.shows.shape;
const outputSchema = deploymentResultSchema.extend({
  diff: diffs.describe("The overlay's files as they change"),
  objects: objects.describe('The objects as they change, Secrets masked'),
  ...commonOutputs,
});

/**
 * `dojo:deploy-overlay`: brings a version of a component to an environment (docs/reference/actions.md).
 *
 * Not in a checkpoint, on purpose: the infra repository itself says what has landed, so that a task that was killed or is
 * retried finishes what is open and finds done what is done.
 *
 * @public
 */
export function createDeployOverlayAction(options: {
  dojo: Pick<DojoService, 'deployments'>;
}) {
  const { dojo } = options;
  return createTemplateAction({
    id: 'dojo:deploy-overlay',
    description:
      'Brings a version of a component to an environment, promotes what another environment has, goes back, or prepares the environment for a first version: one commit to the overlay in the infra repository, then applied to the cluster where the environment says so, or a branch that asks for it. Running it again is safe.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const {
        component,
        environment,
        planHash,
        reviewedAt,
        dryRun,
        ...choices
      } = parseActionInput(
        inputSchema.superRefine(refineDeploymentChoices),
        ctx.input,
        'dojo:deploy-overlay',
      );
      const credentials = await ctx.getInitiatorCredentials();
      const signal = ctx.signal ?? new AbortController().signal;
      const request = { component, environment, choices };

      const plansOnly = dryRun || ctx.isDryRun;
      const result: DeploymentResult = plansOnly
        ? await dojo.deployments.plan(request, { credentials, signal })
        : await dojo.deployments.deploy(
            { ...request, planHash, reviewedAt },
            { credentials, signal, ...logOf(ctx.logger) },
          );

      if (plansOnly) logPlan(result.plan, ctx.logger);
      else logRollout(result, ctx.logger);
      for (const [name, value] of Object.entries(result)) {
        ctx.output(name as keyof typeof result, value);
      }
      ctx.output('diff', result.plan.shows.diffs);
      ctx.output('objects', result.plan.shows.objects);
      ctx.output('summary', summaryOfDeployment(result));
      if (plansOnly) ensureDeploys(result.plan);
      // Whoever merges does it in his own time: the task has done its part.
      else if (result.outcome !== 'requested') {
        ensureRolledOut(result);
        ensureSettled(result.effects);
      }
    },
  });
}
