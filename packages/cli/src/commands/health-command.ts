import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import {
  deploymentFieldsSchema,
  parseInput,
} from 'backstage-plugin-dojo-common';
import type { ObjectHealth } from 'backstage-plugin-dojo-common';
import {
  assessObjects,
  openCluster,
  parseObjects,
  readComponent,
} from 'dojo-portal-core/deploy';
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
  readonly file?: readonly string[];
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly component?: string;
  readonly json?: boolean;
}

/** What is looked at in a cluster; both are names of one form. */
const componentSchema = deploymentFieldsSchema
  .pick({ component: true })
  .extend({ namespace: deploymentFieldsSchema.shape.component })
  .strip();

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
    .option(
      '-f, --file <file...>',
      'files with objects in YAML or JSON, lists too; - reads the standard input',
    )
    .option('--component <name>', 'instead of files: a component of a cluster')
    .option('--namespace <name>', 'its namespace')
    .option(
      '--kubeconfig <file>',
      'how the cluster is reached (default: KUBECONFIG, then ~/.kube/config)',
    )
    .option('--context <name>', 'its context (default: the current one)')
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
  flags: HealthFlags,
  context: CommandContext,
): Promise<number> {
  const health = await (flags.file === undefined
    ? componentHealth(flags, context)
    : fileHealth(flags.file, flags, context));
  context.stdout.write(
    flags.json
      ? `${JSON.stringify({ objects: health }, null, 2)}\n`
      : terminalText(reportHealth(health)),
  );
  return exitCodeOfHealth(health);
}

/** Of a component as a cluster has it; one of which nothing is there is one that is not found. */
async function componentHealth(
  { kubeconfig, context: kubeContext, ...wishes }: HealthFlags,
  { env, cwd, stderr, signal }: CommandContext,
): Promise<ObjectHealth[]> {
  const { namespace, component } = parseInput(
    componentSchema,
    wishes,
    'dojo health',
  );
  const cluster = await openCluster(
    {
      kubeconfig: {
        ...(kubeconfig !== undefined && { path: localPath(kubeconfig, cwd) }),
        ...(kubeContext !== undefined && { context: kubeContext }),
      },
    },
    signal,
    { env },
  );
  try {
    const { objects, beside, warnings } = await readComponent(
      cluster,
      { namespace, component },
      signal,
    );
    for (const warning of [...(cluster.warnings ?? []), ...warnings])
      stderr.write(terminalText(`${warning}\n`));
    if (objects.length > 0) return assessObjects(objects, new Date(), beside);
    return [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: component,
        namespace,
        status: 'NotFound',
        reason: 'NotFound',
        message: `no object of ${namespace} has the label app.kubernetes.io/part-of=${component}`,
      },
    ];
  } finally {
    await cluster.dispose();
  }
}

async function fileHealth(
  files: readonly string[],
  flags: HealthFlags,
  context: CommandContext,
): Promise<ObjectHealth[]> {
  for (const flag of [
    'component',
    'namespace',
    'kubeconfig',
    'context',
  ] as const) {
    if (flags[flag] !== undefined) throw cliErrors.filesAlone(`--${flag}`);
  }
  const objects: KubernetesObject[] = [];
  let left = maxBytes;
  for (const file of files) {
    const text = await readFile(file, left, context);
    left -= Buffer.byteLength(text);
    objects.push(...parseObjects(text, file === '-' ? 'the input' : file));
  }
  return assessObjects(objects, new Date());
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
