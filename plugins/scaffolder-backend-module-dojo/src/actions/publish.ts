import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { DojoService } from 'backstage-plugin-dojo-node';
import { z } from 'zod/v3';
import { logOf } from '../outcomes';
import { parseActionInput } from '../parseActionInput';
import { examples } from './publish.examples';

const inputSchema = z
  .object({
    repository: z
      .string()
      .max(200)
      .regex(
        /^file:[a-z0-9]+(?:[-._][a-z0-9]+)*\.git$/,
        'must be a repository directly in the local forge, such as file:savings.git',
      )
      .describe('Repository of the local forge, file:<name>.git'),
    image: z
      .string()
      .max(200)
      .regex(
        /^oci:[a-z0-9]+(?:[-._][a-z0-9]+)*(?:\/[a-z0-9]+(?:[-._][a-z0-9]+)*)*$/,
        'must be an image layout of the local forge, such as oci:images/savings',
      )
      .optional()
      .describe(
        'Image layout that gets the image of the commit, as a CI would push it; default: none',
      ),
    message: z
      .string()
      .trim()
      .min(1)
      .max(2_000)
      .optional()
      .describe(
        'Message of the first commit; default: that the service begins',
      ),
  })
  .strict();

const outputSchema = z.object({
  repository: z.string().describe('The repository, as it was asked for'),
  commit: z.string().describe('Object id of the first commit'),
  published: z
    .enum(['now', 'before'])
    .describe('Whether this run made it, or an earlier one of the same files'),
});

/**
 * `dojo:publish`: makes a repository of the workspace in the local forge (docs/reference/actions.md).
 *
 * Not in a checkpoint, on purpose: the forge itself says whether the repository is there, and of which files.
 *
 * @public
 */
export function createPublishAction(options: {
  dojo: Pick<DojoService, 'services'>;
}) {
  const { dojo } = options;
  return createTemplateAction({
    id: 'dojo:publish',
    description:
      'Makes a repository of the workspace in the local forge by one commit, and the image of that commit. Running it again is safe.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { repository, image, message } = parseActionInput(
        inputSchema,
        ctx.input,
        'dojo:publish',
      );
      if (ctx.isDryRun) {
        ctx.logger.info(`planned: repository ${repository}`);
        return;
      }
      const result = await dojo.services.publish(
        {
          repository,
          folder: ctx.workspacePath,
          ...(image !== undefined && { image }),
          ...(message !== undefined && { message: `${message}\n` }),
        },
        {
          credentials: await ctx.getInitiatorCredentials(),
          signal: ctx.signal ?? new AbortController().signal,
          ...logOf(ctx.logger),
        },
      );
      ctx.output('repository', result.repository);
      ctx.output('commit', result.commit);
      ctx.output('published', result.published);
    },
  });
}
