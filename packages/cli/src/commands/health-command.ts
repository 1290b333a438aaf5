import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import { assessObjects, parseObjects } from 'dojo-portal-core/deploy';
import type { KubernetesObject } from 'dojo-portal-core/deploy';
import { cliErrors } from '../cli-errors';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { exitCodeOfHealth } from '../exit-code';
import { localPath } from '../ports/local-path';
import { readBounded } from '../read-bounded';
import { reportHealth } from '../reports/report-health';
import { terminalText } from '../reports/terminal-text';

/** Bytes of all files together: some thousand objects with all their status. */
const maxBytes = 16 * 1024 * 1024;

interface HealthFlags {
  readonly file: readonly string[];
  readonly json?: boolean;
}

/** `dojo health`. */
export const healthCommand: CommandDefinition = {
  make: makeHealthCommand,
  whenStopped: 'everything is as it was',
};

function makeHealthCommand(
  context: CommandContext,
  exit: (code: number) => void,
): Command {
  return new Command('health')
    .description(
      'Tell of each object of a cluster whether it is as it was asked for: exit 3 if one has failed, 6 if one is on the way',
    )
    .requiredOption(
      '-f, --file <file...>',
      'files with objects in YAML or JSON, lists too; - reads the standard input',
    )
    .option('--json', 'print the health of each object as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  kubectl get deployments,replicasets,pods,events -n ledger-dev -o json | dojo health -f -',
    )
    .action(async (flags: HealthFlags) =>
      exit(await runHealth(flags, context)),
    );
}

async function runHealth(
  { file: files, json = false }: HealthFlags,
  context: CommandContext,
): Promise<number> {
  const objects: KubernetesObject[] = [];
  let left = maxBytes;
  for (const file of files) {
    const text = await readFile(file, left, context);
    left -= Buffer.byteLength(text);
    objects.push(...parseObjects(text, file === '-' ? 'the input' : file));
  }
  const health = assessObjects(objects, new Date());
  context.stdout.write(
    json
      ? `${JSON.stringify({ objects: health }, null, 2)}\n`
      : terminalText(reportHealth(health)),
  );
  return exitCodeOfHealth(health);
}

async function readFile(
  file: string,
  left: number,
  { stdin, cwd, signal }: CommandContext,
): Promise<string> {
  const options = {
    maxBytes: left,
    toTooLong: () => cliErrors.objectsTooLarge(file, maxBytes),
    signal,
  };
  if (file === '-') return readBounded(stdin, options);
  const stream = createReadStream(localPath(file, cwd));
  try {
    return await readBounded(stream, options);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw cliErrors.fileUnreadable(file, error.code);
  } finally {
    stream.destroy();
  }
}

/** By its fields: it may be of another realm than the Error of here. */
function isSystemError(error: unknown): error is { readonly code: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'syscall' in error &&
    'code' in error
  );
}
