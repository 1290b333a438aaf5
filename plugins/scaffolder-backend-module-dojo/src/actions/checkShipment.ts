import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  releaseChoicesSchema,
  reviewedShipmentSchema,
  type ShipmentPlan,
} from 'backstage-plugin-dojo-common';
import type { DojoService } from 'backstage-plugin-dojo-node';
import { z } from 'zod/v3';
import { parseActionInput } from '../parseActionInput';
import { examples } from './checkShipment.examples';
import { componentInput } from './commonInputs';

const inputSchema = releaseChoicesSchema.extend({
  component: componentInput.describe(
    'Entity ref of the component that is shipped; its annotations say where',
  ),
  environment: z
    .string()
    .min(1)
    .describe('Name of one of dojo.environments, to which it is shipped'),
  reviewed: reviewedShipmentSchema.describe(
    'The plans that were reviewed together, as DojoShipReview gives them',
  ),
});

const outputSchema = z.object({
  version: z.string().optional().describe('What is shipped'),
  tag: z.string().optional().describe('Its tag'),
  migration: z
    .string()
    .describe('What is done to the database, or why nothing is, in a sentence'),
  deployment: z
    .string()
    .describe('What is deployed, or why nothing is, in a sentence'),
});

/**
 * `dojo:check-shipment`: compares what a release, the migration to it and its deployment would do now with what was reviewed,
 * before the first of them runs (docs/reference/actions.md).
 *
 * Not in a checkpoint, on purpose: a task that was killed between the parts finds those carried out that are, and the
 * others as they were reviewed.
 *
 * @public
 */
export function createCheckShipmentAction(options: {
  dojo: Pick<DojoService, 'shipments'>;
}) {
  const { dojo } = options;
  return createTemplateAction({
    id: 'dojo:check-shipment',
    description:
      'Stops a task before its first effect where a release, the migration to it or its deployment is no longer what was reviewed. It writes nothing, and running it again is safe.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { component, environment, reviewed, ...choices } = parseActionInput(
        inputSchema,
        ctx.input,
        'dojo:check-shipment',
      );
      const plan = await dojo.shipments.check(
        { component, environment, choices, reviewed },
        {
          credentials: await ctx.getInitiatorCredentials(),
          signal: ctx.signal ?? new AbortController().signal,
        },
      );
      const migration = reasonOf(plan.migration);
      const deployment = reasonOf(plan.deployment);
      ctx.logger.info(plan.release.plan.shows.reason);
      ctx.logger.info(migration);
      ctx.logger.info(deployment);
      if (plan.version !== undefined) ctx.output('version', plan.version);
      if (plan.tag !== undefined) ctx.output('tag', plan.tag);
      ctx.output('migration', migration);
      ctx.output('deployment', deployment);
    },
  });
}

function reasonOf(
  part: ShipmentPlan['migration'] | ShipmentPlan['deployment'],
): string {
  return part.kind === 'none' ? part.reason : part.result.plan.shows.reason;
}
