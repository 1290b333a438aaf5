import { Command, CommanderError } from 'commander';
import { isDojoError } from 'backstage-plugin-dojo-common';
import type { DojoError } from 'backstage-plugin-dojo-common';
import { version } from '../package.json';
import { cliErrors } from './cli-errors';
import type { CommandContext } from './command-context';
import type { CommandDefinition } from './command-definition';
import { commitsCommand } from './commands/commits-command';
import { deployCommand } from './commands/deploy-command';
import { healthCommand } from './commands/health-command';
import { migrateCommand } from './commands/migrate-command';
import { rebuildCachesCommand } from './commands/rebuild-caches-command';
import { releaseCommand } from './commands/release-command';
import { renderCommand } from './commands/render-command';
import { restoreCommand } from './commands/restore-command';
import { runRequestCommand } from './commands/run-request-command';
import { statusCommand } from './commands/status-command';
import { exitCodeOfKind, exitCodes } from './exit-code';
import { reportError, reportStopped } from './reports/report-outcome';
import { terminalText } from './reports/terminal-text';

/** Functions, so that a command is evaluated only where it is asked for. */
const commands: Readonly<Record<string, () => CommandDefinition>> = {
  release: () => releaseCommand,
  deploy: () => deployCommand,
  commits: () => commitsCommand,
  migrate: () => migrateCommand,
  'rebuild-caches': () => rebuildCachesCommand,
  restore: () => restoreCommand,
  render: () => renderCommand,
  health: () => healthCommand,
  status: () => statusCommand,
  'run-request': () => runRequestCommand,
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
    // What stands behind a command is the command's: `deploy --version` names the version to deploy.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: text => context.stdout.write(text),
      writeErr: text => context.stderr.write(text),
    });
  const asked = askedCommand(args);
  for (const { make, isForPrograms } of asked ? [asked] : allCommands()) {
    program.addCommand(make(context, exit).copyInheritedSettings(program), {
      hidden: isForPrograms ?? false,
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return report(error, context, {
      isJson: asked?.isForPrograms || args.includes('--json'),
      whenStopped: asked?.whenStopped,
    });
  }
}

/** The one that is named first; undefined where none is, or where it was misspelt. */
function askedCommand([name]: readonly string[]):
  | CommandDefinition
  | undefined {
  return Object.hasOwn(commands, name) ? commands[name]() : undefined;
}

/** For the help, and to tell what may have been meant. */
function allCommands(): readonly CommandDefinition[] {
  return Object.values(commands).map(get => get());
}

interface ReportOptions {
  /** Whether the error is the answer on stdout too. */
  readonly isJson: boolean;
  /** Absent: no command was running. */
  readonly whenStopped: string | undefined;
}

function report(
  error: unknown,
  { stdout, stderr, signal }: CommandContext,
  { isJson, whenStopped }: ReportOptions,
): number {
  const answer = (known: DojoError) => {
    if (!isJson) return;
    stdout.write(`${JSON.stringify({ error: known.toJSON() }, null, 2)}\n`);
  };
  // Commander has said it already; help and --version end here too, with code 0.
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    answer(cliErrors.usage(error.message.replace(/^error: /, '')));
    return exitCodes.input;
  }
  if (signal.aborted && whenStopped !== undefined) {
    stderr.write(reportStopped(whenStopped));
    return exitCodes.unexpected;
  }
  if (isDojoError(error)) {
    answer(error);
    stderr.write(terminalText(`${reportError(error.toJSON())}\n`));
    return exitCodeOfKind(error.kind);
  }
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(terminalText(`unexpected failure: ${message}\n`));
  return exitCodes.unexpected;
}
