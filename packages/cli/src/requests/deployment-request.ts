import { describeOutcome } from 'backstage-plugin-dojo-common';
import type { DeploymentChildRequest } from 'backstage-plugin-dojo-common';
import { deploy, parseFreezeWindow } from 'dojo-portal-core/deploy';
import type { CommandContext } from '../command-context';
import { exitCodeOfDeployment } from '../exit-code';
import { deploymentAccessPorts } from '../ports/deployment-access-ports';
import { terminalText } from '../reports/terminal-text';
import type { RequestRun } from './request-run';

/** A request to plan a deployment, or to carry it out. */
export function deploymentRequest(
  asked: DeploymentChildRequest,
  context: CommandContext,
): RequestRun {
  const { mode, request, policy, planHash, database } = asked;
  const { notify, signal } = context;
  const log = (line: string) => context.stderr.write(terminalText(`${line}\n`));
  return {
    run: async () => {
      const result = await deploy(
        request,
        deploymentAccessPorts(asked, context),
        {
          signal,
          dryRun: mode === 'plan',
          ...(planHash !== undefined && { planHash }),
          ...(database && { database }),
          policy: { ...policy, freeze: policy.freeze.map(parseFreezeWindow) },
          log,
          onOutcome: outcome =>
            notify ? notify({ outcome }) : log(describeOutcome(outcome)),
        },
      );
      return { result, code: exitCodeOfDeployment(result) };
    },
    whenStopped:
      mode === 'plan'
        ? 'everything is as it was'
        : 'what is done stays done, run it again to finish',
  };
}
