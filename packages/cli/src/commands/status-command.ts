import { Command } from 'commander';
import {
  getDeliveryInputSchema,
  isDojoError,
  parseInput,
} from 'backstage-plugin-dojo-common';
import type { Delivery } from 'backstage-plugin-dojo-common';
import { cliErrors } from '../cli-errors';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { exitCodes } from '../exit-code';
import { openPortal, tokenVariable } from '../ports/portal-client';
import type { Portal } from '../ports/portal-client';
import { reportStatus } from '../reports/report-status';
import { terminalText } from '../reports/terminal-text';

const wishesSchema = getDeliveryInputSchema.pick({ component: true });

interface StatusFlags {
  readonly component: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** `dojo status`. */
export const statusCommand: CommandDefinition = {
  make: makeStatusCommand,
  whenStopped: 'nothing was changed',
};

function makeStatusCommand(
  context: CommandContext,
  exit: (code: number) => void,
): Command {
  return new Command('status')
    .description(
      "Tell what a portal's Delivery tab shows of a component: what is released, what each environment wants and runs, what needs somebody, and what can be done. Asks the portal, writes nothing",
    )
    .requiredOption(
      '--component <name>',
      'name of the component, or its entity ref',
    )
    .option(
      '--config <file>',
      "the portal's app-config.yaml: its backend.baseUrl is asked (default: the portal of DOJO_PORTAL_URL)",
    )
    .option('--json', "print the portal's answer as JSON")
    .addHelpText(
      'after',
      '\nExample:\n  DOJO_PORTAL_URL=https://portal.example.com dojo status --component ledger\n\nWho asks is said by the token in DOJO_PORTAL_TOKEN.',
    )
    .action(async (flags: StatusFlags) =>
      exit(await runStatus(flags, context)),
    );
}

async function runStatus(
  { component: written, config, json = false }: StatusFlags,
  context: CommandContext,
): Promise<number> {
  const { component } = parseInput(
    wishesSchema,
    { component: written },
    'dojo status',
  );
  const portal = await openPortal(config, context);
  const delivery = await deliveryOf(component, portal, context);
  context.stdout.write(
    json
      ? `${JSON.stringify(delivery, null, 2)}\n`
      : terminalText(reportStatus(delivery)),
  );
  return exitCodes.done;
}

async function deliveryOf(
  component: string,
  { client, origin, hasToken }: Portal,
  { signal }: CommandContext,
): Promise<Delivery> {
  try {
    const answer = await client.getDelivery(component, { signal });
    // Only a question that names the tag of an answer is told that nothing has changed.
    if (answer === undefined) throw new Error('the portal gave no answer');
    return answer.delivery;
  } catch (error) {
    if (!isDojoError(error)) throw error;
    switch (error.code) {
      case 'SESSION_EXPIRED':
        throw cliErrors.tokenRefused(origin, tokenVariable, hasToken);
      case 'ANSWER_INVALID':
        throw cliErrors.portalOfOtherVersion(error);
      default:
        throw error;
    }
  }
}
