import { describeOutcome } from 'backstage-plugin-dojo-common';
import type { DeploymentMergeChildRequest } from 'backstage-plugin-dojo-common';
import { mergeDeployment, parseFreezeWindow } from 'dojo-portal-core/deploy';
import type { CommandContext } from '../command-context';
import { exitCodeOfMerge } from '../exit-code';
import { deploymentAccessPorts } from '../ports/deployment-access-ports';
import { terminalText } from '../reports/terminal-text';
import type { RequestRun } from './request-run';

/** A request to look at a change that waits, or to merge it. */
export function deploymentMergeRequest(
  asked: DeploymentMergeChildRequest,
  context: CommandContext,
): RequestRun {
  const { mode, request, policy } = asked;
  const { notify, signal } = context;
  const log = (line: string) => context.stderr.write(terminalText(`${line}\n`));
  return {
    run: async () => {
      const result = await mergeDeployment(
        request,
        deploymentAccessPorts(asked, context),
        {
          signal,
          dryRun: mode === 'plan',
          policy: { ...policy, freeze: policy.freeze.map(parseFreezeWindow) },
          log,
          onOutcome: outcome =>
            notify ? notify({ outcome }) : log(describeOutcome(outcome)),
        },
      );
      return { result, code: exitCodeOfMerge(result) };
    },
    whenStopped:
      mode === 'plan'
        ? 'everything is as it was'
        : 'what is done stays done, run it again to finish',
  };
}
