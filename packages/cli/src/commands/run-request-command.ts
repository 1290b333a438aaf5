import { Command } from 'commander';
import {
  childRequestSchema,
  maxChildRequestBytes,
  parseInput,
} from 'backstage-plugin-dojo-common';
import type { ChildRequest } from 'backstage-plugin-dojo-common';
import { cliErrors } from '../cli-errors';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { exitCodes } from '../exit-code';
import { readBounded } from '../read-bounded';
import { reportStopped } from '../reports/report-outcome';
import { databaseStatusRequest } from '../requests/database-status-request';
import { deploymentMergeRequest } from '../requests/deployment-merge-request';
import { deploymentRequest } from '../requests/deployment-request';
import { migrationRequest } from '../requests/migration-request';
import { releaseRequest } from '../requests/release-request';
import type { RequestRun } from '../requests/request-run';

/**
 * `dojo run-request`: what the portal's backend starts. One JSON document on stdin is the request, one on stdout the
 * result or `{ error }`; log lines go to stderr, and outcomes, as they come, over the channel to the parent.
 */
export const runRequestCommand: CommandDefinition = {
  make: (context, exit) =>
    new Command('run-request')
      .description(
        'Do what one JSON document on stdin asks for, and answer with one',
      )
      .argument(
        '[kind]',
        'what the document asks for: database-status, deployment, deployment-merge, migration or release',
      )
      .action(async (kind?: string) => exit(await runRequest(kind, context))),
  // While the request is read; from then on its kind says it.
  whenStopped: 'everything is as it was',
  isForPrograms: true,
};

async function runRequest(
  kind: string | undefined,
  context: CommandContext,
): Promise<number> {
  const request = await readRequest(context);
  if (kind !== undefined && kind !== request.kind) {
    throw cliErrors.requestOfOtherKind(kind, request.kind);
  }
  const { run, whenStopped } = toRun(request, context);
  try {
    const { result, code } = await run();
    context.stdout.write(`${JSON.stringify(result)}\n`);
    return code;
  } catch (error) {
    if (!context.signal.aborted) throw error;
    context.stderr.write(reportStopped(whenStopped));
    return exitCodes.unexpected;
  }
}

async function readRequest(context: CommandContext): Promise<ChildRequest> {
  const text = await readBounded(context.stdin, {
    maxBytes: maxChildRequestBytes,
    toTooLong: () => cliErrors.requestTooLong(maxChildRequestBytes),
    signal: context.signal,
  });
  return parseInput(childRequestSchema, parseJson(text), 'the request');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw cliErrors.requestNotJson(error);
  }
}

function toRun(request: ChildRequest, context: CommandContext): RequestRun {
  switch (request.kind) {
    case 'database-status':
      return databaseStatusRequest(request, context);
    case 'deployment':
      return deploymentRequest(request, context);
    case 'deployment-merge':
      return deploymentMergeRequest(request, context);
    case 'migration':
      return migrationRequest(request, context);
    case 'release':
      return releaseRequest(request, context);
    default:
      return assertNever(request);
  }
}

function assertNever(value: never): never {
  throw new Error(`unexpected kind ${JSON.stringify(value)}`);
}
