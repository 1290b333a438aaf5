import { Command } from 'commander';
import {
  parseInput,
  releaseChoicesSchema,
  versionSchema,
} from 'backstage-plugin-dojo-common';
import { parseCommitLog, reportCommits } from 'dojo-portal-core/release';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { exitCodes } from '../exit-code';
import { printCommits } from '../reports/print-commits';
import { terminalText } from '../reports/terminal-text';

/** The flags that hold a value; commander makes true or nothing of the others. */
const valuesSchema = releaseChoicesSchema
  .pick({ squash: true })
  .extend({ currentVersion: versionSchema.optional() });

interface CommitsFlags {
  readonly currentVersion?: string;
  readonly squash?: string;
  readonly hashes?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `dojo commits`. */
export const commitsCommand: CommandDefinition = {
  make: makeCommitsCommand,
  whenStopped: 'everything is as it was',
};

function makeCommitsCommand(
  context: CommandContext,
  exit: (code: number) => void,
): Command {
  return new Command('commits')
    .description(
      'Judge commit messages: one verdict each, and the next version. Reads NUL-terminated messages, newest first',
    )
    .option('--current-version <semver>', 'also tell the version that follows')
    .option(
      '--squash <what>',
      'of a squash merge count: title or body (default: title)',
    )
    .option('--hashes', 'each message begins with its SHA and a newline')
    .option('--strict', 'exit 3 if a message is not conventional')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  git log -z --format=%H%n%B v1.2.0.. | dojo commits --hashes --current-version 1.2.0',
    )
    .action(async (flags: CommitsFlags) =>
      exit(await runCommits(flags, context)),
    );
}

async function runCommits(
  { hashes = false, strict = false, json = false, ...values }: CommitsFlags,
  context: CommandContext,
): Promise<number> {
  const { squash, currentVersion } = parseInput(
    valuesSchema,
    values,
    'dojo commits',
  );
  const messages = parseCommitLog(await readText(context.stdin), {
    hashes,
  });
  const report = reportCommits(messages, {
    squash,
    ...(currentVersion !== undefined && { currentVersion }),
  });
  context.stdout.write(
    json
      ? `${JSON.stringify(report, null, 2)}\n`
      : terminalText(printCommits(report)),
  );
  const isConventional = report.commits.every(({ type }) => type !== undefined);
  return strict && !isConventional ? exitCodes.refused : exitCodes.done;
}

async function readText(input: CommandContext['stdin']): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk as string));
  return Buffer.concat(chunks).toString('utf8');
}
