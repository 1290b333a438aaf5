import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  rejectionFieldsSchema,
  rejectionResultSchema,
  summaryOfRejection,
} from 'backstage-plugin-dojo-common';
import type { DojoService } from 'backstage-plugin-dojo-node';
import { parseActionInput } from '../parseActionInput';
import {
  commonInputs,
  commonOutputs,
  componentInput,
  nameIn,
} from './commonInputs';
import { examples } from './reject.examples';

const inputSchema = rejectionFieldsSchema.extend({
  component: componentInput.describe(
    'Entity ref of the component whose version it is',
  ),
  dryRun: commonInputs.dryRun,
});
const outputSchema = rejectionResultSchema.extend(commonOutputs);

/**
 * `dojo:reject`: notes at a version that it is not to be deployed (docs/reference/actions.md).
 *
 * Not in a checkpoint, on purpose: the note itself says whether it is there, so that a task that was killed or is retried
 * finds done what is done.
 *
 * @public
 */
export function createRejectAction(options: {
  dojo: Pick<DojoService, 'rejections'>;
}) {
  const { dojo } = options;
  return createTemplateAction({
    id: 'dojo:reject',
    description:
      'Notes at a released version that it is not to be deployed, with the reason: no environment takes it by version or promotion any more, and every list shows why. A rollback to it stays possible. Running it again is safe.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { dryRun, ...request } = parseActionInput(
        inputSchema,
        ctx.input,
        'dojo:reject',
      );
      const credentials = await ctx.getInitiatorCredentials();
      const signal = ctx.signal ?? new AbortController().signal;
      const result =
        dryRun || ctx.isDryRun
          ? await dojo.rejections.plan(request, { credentials, signal })
          : await dojo.rejections.reject(request, { credentials, signal });
      const summary = summaryOfRejection(nameIn(request.component), result);
      ctx.logger.info(summary);
      ctx.output('outcome', result.outcome);
      ctx.output('commit', result.commit);
      ctx.output('rejection', result.rejection);
      ctx.output('summary', summary);
    },
  });
}
