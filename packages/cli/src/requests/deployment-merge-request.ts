import { describeOutcome } from 'backstage-plugin-dojo-common';
import type {
  DeploymentMergeChildRequest,
  Outcome,
} from 'backstage-plugin-dojo-common';
import {
  closeRequest,
  mergeDeployment,
  parseFreezeWindow,
} from 'dojo-portal-core/deploy';
import type { CommandContext } from '../command-context';
import { exitCodeOfMerge } from '../exit-code';
import { deploymentAccessPorts } from '../ports/deployment-access-ports';
import { terminalText } from '../reports/terminal-text';
import type { RequestRun } from './request-run';

/** A request to look at a change that waits, to merge it, or to take it back. */
export function deploymentMergeRequest(
  asked: DeploymentMergeChildRequest,
  context: CommandContext,
): RequestRun {
  const { mode, request, policy, close } = asked;
  const { notify, signal } = context;
  const log = (line: string) => context.stderr.write(terminalText(`${line}\n`));
  const onOutcome = (outcome: Outcome) =>
    notify ? notify({ outcome }) : log(describeOutcome(outcome));
  const ports = deploymentAccessPorts(asked, context);
  const { planHash } = request;
  return {
    run: async () => {
      const result =
        close && mode === 'run' && planHash !== undefined
          ? await closeRequest({ ...request, planHash }, ports, {
              signal,
              log,
              onOutcome,
            })
          : await mergeDeployment(request, ports, {
              signal,
              dryRun: mode === 'plan',
              policy: {
                ...policy,
                freeze: policy.freeze.map(parseFreezeWindow),
              },
              log,
              onOutcome,
            });
      return { result, code: exitCodeOfMerge(result) };
    },
    whenStopped:
      mode === 'plan'
        ? 'everything is as it was'
        : 'what is done stays done, run it again to finish',
  };
}
