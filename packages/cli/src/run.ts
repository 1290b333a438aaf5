import { Command, CommanderError } from 'commander';
import { isDojoError } from 'backstage-plugin-dojo-common';
import type { DojoError } from 'backstage-plugin-dojo-common';
import { version } from '../package.json';
import { cliErrors } from './cli-errors';
import type { CommandContext } from './command-context';
import { commitsCommand } from './commands/commits-command';
import { migrateCommand } from './commands/migrate-command';
import { rebuildCachesCommand } from './commands/rebuild-caches-command';
import { releaseCommand } from './commands/release-command';
import { restoreCommand } from './commands/restore-command';
import { exitCodeOfKind, exitCodes } from './exit-code';
import { reportError } from './reports/report-outcome';
import { terminalText } from './reports/terminal-text';

type MakeCommand = (
  context: CommandContext,
  exit: (code: number) => void,
) => Command;

/** Functions, so that a command is evaluated only where it is asked for. */
const commands: Readonly<Record<string, MakeCommand>> = {
  release: (...args) => releaseCommand(...args),
  commits: (...args) => commitsCommand(...args),
  migrate: (...args) => migrateCommand(...args),
  'rebuild-caches': (...args) => rebuildCachesCommand(...args),
  restore: (...args) => restoreCommand(...args),
};

/** Runs one `dojo` command. @returns its exit code; nothing is thrown. */
export async function run(
  args: readonly string[],
  context: CommandContext,
): Promise<number> {
  let code: number = exitCodes.done;
  const exit = (given: number) => {
    code = given;
  };
  const program = new Command('dojo')
    .description(
      'Release, migrate and deploy a service from its developer portal',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: text => context.stdout.write(text),
      writeErr: text => context.stderr.write(text),
    });
  for (const make of askedCommands(args)) {
    program.addCommand(make(context, exit).copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return report(error, args, context);
  }
}

/** The one that is named first; all of them where none is, for the help and for what was misspelt. */
function askedCommands([name]: readonly string[]): readonly MakeCommand[] {
  return Object.hasOwn(commands, name)
    ? [commands[name]]
    : Object.values(commands);
}

function report(
  error: unknown,
  args: readonly string[],
  { stdout, stderr, signal }: CommandContext,
): number {
  // Commander has said it already; help and --version end here too, with code 0.
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    const said = error.message.replace(/^error: /, '');
    reportJson(cliErrors.usage(said), args, stdout);
    return exitCodes.input;
  }
  if (signal.aborted) {
    stderr.write(`stopped; ${whatIsLeft(args)}\n`);
    return exitCodes.unexpected;
  }
  if (isDojoError(error)) {
    reportJson(error, args, stdout);
    stderr.write(terminalText(`${reportError(error.toJSON())}\n`));
    return exitCodeOfKind(error.kind);
  }
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(terminalText(`unexpected failure: ${message}\n`));
  return exitCodes.unexpected;
}

function reportJson(
  error: DojoError,
  args: readonly string[],
  stdout: CommandContext['stdout'],
): void {
  if (!args.includes('--json')) return;
  stdout.write(`${JSON.stringify({ error: error.toJSON() }, null, 2)}\n`);
}

/** By a stopped command: a release is made of many steps, a migration of one. */
function whatIsLeft([name]: readonly string[]): string {
  return name === 'release'
    ? 'what is done stays done, run it again to finish'
    : 'everything is as it was';
}
