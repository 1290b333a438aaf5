import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { DojoService } from 'backstage-plugin-dojo-node';
import { z } from 'zod/v3';
import { parseActionInput } from '../parseActionInput';
import { examples } from './awaitComponent.examples';
import { componentInput } from './commonInputs';

const inputSchema = z
  .object({
    component: componentInput.describe(
      'Entity ref of the component that the catalog is to have',
    ),
    repository: z
      .string()
      .min(1)
      .max(500)
      .describe('Value of its annotation dojo/repository'),
  })
  .strict();

const outputSchema = z.object({
  component: z.string().describe('The entity ref, as it was asked for'),
});

/**
 * `dojo:await-component`: waits until the catalog has a component that was made a moment ago
 * (docs/reference/actions.md). It writes nothing; the local forge's provider is told to look.
 *
 * @public
 */
export function createAwaitComponentAction(options: {
  dojo: Pick<DojoService, 'services'>;
}) {
  const { dojo } = options;
  return createTemplateAction({
    id: 'dojo:await-component',
    description:
      'Waits until the catalog has a component of a repository, at most a minute. Running it again is safe.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { component, repository } = parseActionInput(
        inputSchema,
        ctx.input,
        'dojo:await-component',
      );
      if (!ctx.isDryRun) {
        await dojo.services.awaitEntry(
          { component, repository },
          {
            credentials: await ctx.getInitiatorCredentials(),
            signal: ctx.signal ?? new AbortController().signal,
          },
        );
        ctx.logger.info(`${component} is in the catalog`);
      }
      ctx.output('component', component);
    },
  });
}
