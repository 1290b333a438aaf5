import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  releaseChoicesSchema,
  releaseResultSchema,
  summaryOfRelease,
} from 'backstage-plugin-dojo-common';
import type { DojoService } from 'backstage-plugin-dojo-node';
import { ensureSettled, logOf, logPlan } from '../outcomes';
import { parseActionInput } from '../parseActionInput';
import {
  commonInputs,
  commonOutputs,
  componentInput,
  nameIn,
  reviewedAtInput,
} from './commonInputs';
import { examples } from './release.examples';

const inputSchema = releaseChoicesSchema.extend({
  component: componentInput.describe(
    'Entity ref of the component to release; its annotations say where',
  ),
  ...commonInputs,
  reviewedAt: reviewedAtInput.describe(
    'Commit that the reviewed plan was made on; with it that conflict says to which one the branch moved',
  ),
});

const outputSchema = releaseResultSchema.extend(commonOutputs);

/**
 * `dojo:release`: releases a component (docs/reference/actions.md).
 *
 * Not in a checkpoint, on purpose: a checkpoint remembers that it was done, the engine asks the systems that hold it,
 * so that a task that was killed or is retried finishes what is open and adopts what is there.
 *
 * @public
 */
export function createReleaseAction(options: {
  dojo: Pick<DojoService, 'releases'>;
}) {
  const { dojo } = options;
  return createTemplateAction({
    id: 'dojo:release',
    description:
      'Turns the commits since the last version into a version: changelog, commit, annotated tag, image tag and forge release. Running it again is safe.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseActionInput(inputSchema, ctx.input, 'dojo:release');
      const { component, planHash, reviewedAt, dryRun, ...choices } = input;
      const credentials = await ctx.getInitiatorCredentials();
      const signal = ctx.signal ?? new AbortController().signal;

      const plansOnly = dryRun || ctx.isDryRun;
      const result = plansOnly
        ? await dojo.releases.plan(
            { component, choices },
            { credentials, signal },
          )
        : await dojo.releases.release(
            { component, choices, planHash, reviewedAt },
            { credentials, signal, ...logOf(ctx.logger) },
          );

      if (plansOnly) logPlan(result.plan, ctx.logger);
      for (const [name, value] of Object.entries(result)) {
        ctx.output(name as keyof typeof result, value);
      }
      const name = nameIn(component);
      ctx.output('summary', summaryOfRelease(result, { name }));
      ensureSettled(result.effects);
    },
  });
}
