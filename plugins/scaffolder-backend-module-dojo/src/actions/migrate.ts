import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  migrationChoicesSchema,
  migrationResultSchema,
  summaryOfMigration,
} from 'backstage-plugin-dojo-common';
import type { DojoService } from 'backstage-plugin-dojo-node';
import { z } from 'zod/v3';
import { ensureRuns, ensureSettled, logOf, logPlan } from '../outcomes';
import { parseActionInput } from '../parseActionInput';
import {
  commonInputs,
  commonOutputs,
  componentInput,
  nameIn,
} from './commonInputs';
import { examples } from './migrate.examples';

const inputSchema = migrationChoicesSchema.extend({
  component: componentInput.describe(
    'Entity ref of the component whose database it is; its annotations say where the migrations are',
  ),
  environment: z
    .string()
    .min(1)
    .describe(
      'Name of one of dojo.environments; it says where the database is',
    ),
  ...commonInputs,
});

const outputSchema = migrationResultSchema.extend(commonOutputs);

/**
 * `dojo:migrate`: migrates a component's database in an environment (docs/reference/actions.md).
 *
 * Not in a checkpoint, on purpose: the database itself says what is applied, so that a task that was killed or is retried
 * finishes what is open and finds done what is done.
 *
 * @public
 */
export function createMigrateAction(options: {
  dojo: Pick<DojoService, 'migrations'>;
}) {
  const { dojo } = options;
  return createTemplateAction({
    id: 'dojo:migrate',
    description:
      'Brings the database of a component in an environment to the schema of a release, rebuilds its caches, or puts a backup back. The database is exactly the old one or exactly the new one; running it again is safe.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseActionInput(inputSchema, ctx.input, 'dojo:migrate');
      const { component, environment, planHash, dryRun, ...choices } = input;
      const credentials = await ctx.getInitiatorCredentials();
      const signal = ctx.signal ?? new AbortController().signal;
      const request = { component, environment, choices };

      const plansOnly = dryRun || ctx.isDryRun;
      const result = plansOnly
        ? await dojo.migrations.plan(request, { credentials, signal })
        : await dojo.migrations.migrate(
            { ...request, planHash },
            { credentials, signal, ...logOf(ctx.logger) },
          );

      if (plansOnly) logPlan(result.plan, ctx.logger);
      for (const [name, value] of Object.entries(result)) {
        ctx.output(name as keyof typeof result, value);
      }
      const place = { name: nameIn(component), environment };
      ctx.output('summary', summaryOfMigration(result, place));
      if (plansOnly) ensureRuns(result.plan);
      ensureSettled(result.effects);
    },
  });
}
