import { describeOutcome } from 'backstage-plugin-dojo-common';
import type { ReleaseChildRequest } from 'backstage-plugin-dojo-common';
import { release } from 'dojo-portal-core/release';
import type { CommandContext } from '../command-context';
import { exitCodeOfResult } from '../exit-code';
import { accessPorts } from '../ports/access-ports';
import { terminalText } from '../reports/terminal-text';
import type { RequestRun } from './request-run';

/** A request to plan a release, or to carry it out. */
export function releaseRequest(
  { mode, request, access, planHash }: ReleaseChildRequest,
  context: CommandContext,
): RequestRun {
  const { notify, signal } = context;
  const log = (line: string) => context.stderr.write(terminalText(`${line}\n`));
  return {
    run: async () => {
      const result = await release(request, accessPorts(access, context), {
        signal,
        dryRun: mode === 'plan',
        ...(planHash !== undefined && { planHash }),
        log,
        onOutcome: outcome =>
          notify ? notify({ outcome }) : log(describeOutcome(outcome)),
      });
      return { result, code: exitCodeOfResult(result) };
    },
    whenStopped:
      mode === 'plan'
        ? 'everything is as it was'
        : 'what is done stays done, run it again to finish',
  };
}
