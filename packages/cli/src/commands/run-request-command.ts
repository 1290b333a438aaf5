import { Command } from 'commander';
import {
  childRequestSchema,
  maxChildRequestBytes,
  parseInput,
} from 'backstage-plugin-dojo-common';
import type {
  ChildRequest,
  MigrationChildRequest,
} from 'backstage-plugin-dojo-common';
import { cliErrors } from '../cli-errors';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { exitCodes } from '../exit-code';
import { performMigration } from '../perform-migration';
import { localPath } from '../ports/local-path';
import { readBounded } from '../read-bounded';
import { reportStopped } from '../reports/report-outcome';

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
      .action(async () => exit(await runRequest(context))),
  // While the request is read; from then on its kind says it.
  whenStopped: 'everything is as it was',
  isForPrograms: true,
};

/** How a request of one kind is carried out. */
interface RequestRun {
  /** @returns the result and the exit code. */
  readonly run: () => Promise<{
    readonly result: unknown;
    readonly code: number;
  }>;
  /** As of a command. */
  readonly whenStopped: string;
}

async function runRequest(context: CommandContext): Promise<number> {
  const { run, whenStopped } = toRun(await readRequest(context), context);
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
    case 'migration':
      return migrationRun(request, context);
    default:
      return assertNever(request.kind);
  }
}

function migrationRun(
  { request, ...asked }: MigrationChildRequest,
  context: CommandContext,
): RequestRun {
  const { notify } = context;
  const database = localPath(request.database, context.cwd);
  return {
    run: () =>
      performMigration(
        { ...asked, request: { ...request, database } },
        context,
        notify && { onOutcome: outcome => notify({ outcome }) },
      ),
    whenStopped: 'everything is as it was',
  };
}

function assertNever(value: never): never {
  throw new Error(`unexpected kind ${JSON.stringify(value)}`);
}
