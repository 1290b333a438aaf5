import { Command } from 'commander';
import {
  deploymentFieldsSchema,
  describeOutcome,
  isDojoError,
  parseInput,
  planHashSchema,
  refineDeployment,
} from 'backstage-plugin-dojo-common';
import type { DeploymentRequestInput } from 'backstage-plugin-dojo-common';
import { deploy, readPolicy } from 'dojo-portal-core/deploy';
import type {
  DeployOptions,
  DeploymentPolicy,
  SourceCluster,
} from 'dojo-portal-core/deploy';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { exitCodeOfDeployment } from '../exit-code';
import { configText } from '../ports/config-text';
import { deployPorts } from '../ports/deploy-ports';
import { parseDuration } from '../parse-duration';
import { reportDeployment } from '../reports/report-deployment';
import { terminalText } from '../reports/terminal-text';

/** The request, and the flag beside it: all that is wrong with them is told at once. */
const wishesSchema = deploymentFieldsSchema
  .extend({ planHash: planHashSchema.optional() })
  .superRefine(refineDeployment);
type Wishes = DeploymentRequestInput & Pick<DeployFlags, 'planHash'>;

interface DeployFlags {
  readonly component: string;
  readonly environment: string;
  readonly infra: string;
  readonly branch?: string;
  readonly base: string;
  readonly version?: string;
  readonly promoteFrom?: string;
  readonly rollbackTo?: string;
  readonly prepare?: boolean;
  readonly restore?: boolean;
  readonly image?: string;
  readonly host?: string;
  readonly storage?: string;
  readonly mode?: string;
  readonly migrations?: string;
  readonly databaseLevel?: string;
  readonly wait?: string;
  readonly prune?: boolean;
  readonly confirmPrune?: boolean;
  readonly conflicts?: string;
  readonly onFailure?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly config?: string;
  readonly dryRun?: boolean;
  readonly planHash?: string;
  readonly json?: boolean;
}

/** `dojo deploy`. */
export const deployCommand: CommandDefinition = {
  make: makeDeployCommand,
  whenStopped: 'what is done stays done, run it again to finish',
};

function makeDeployCommand(
  context: CommandContext,
  exit: (code: number) => void,
): Command {
  return new Command('deploy')
    .description(
      'Bring a version to an environment: one commit to its overlay in the infra repository, and in mode apply the objects to the cluster',
    )
    .requiredOption('--component <name>', 'name of the component')
    .requiredOption('--environment <name>', 'name of the environment')
    .requiredOption(
      '--infra <url|path>',
      'git repository that holds the overlays',
    )
    .requiredOption(
      '--base <address>',
      'Kustomize base of the service: <repository>//<path>',
    )
    .option('--version <tag>', 'version to deploy: a tag of the service')
    .option(
      '--promote-from <environment>',
      'take over version and image of another environment',
    )
    .option(
      '--rollback-to <version>',
      'go back to a version that ran there, or to the previous one: previous',
    )
    .option(
      '--prepare',
      'make the overlay with host and storage and without a version: nothing runs until the first deployment',
    )
    .option(
      '--restore',
      'with --version: bring an overlay that was removed back as it was',
    )
    .option(
      '--image <repository>',
      "image repository in which the version's digest is looked up, without tag (default: the image stays as the base has it)",
    )
    .option('--host <host>', 'host of the ingress (default: as it is)')
    .option('--storage <size>', 'size of the claim, as 1Gi (default: as it is)')
    .option(
      '--database-level <id>',
      "id of the last migration that the environment's database has, or none: a version that needs more is refused",
    )
    .option(
      '--migrations <folder>',
      "with it: folder of the migrations in the service's repository (default: migrations)",
    )
    .option(
      '--mode <how>',
      "commit, pull-request or apply (default: the environment's, or commit)",
    )
    .option(
      '--kubeconfig <file>',
      'in mode apply: how the cluster is reached (default: KUBECONFIG, then ~/.kube/config)',
    )
    .option('--context <name>', 'its context (default: the current one)')
    .option(
      '--wait <duration>',
      'in mode apply: how long the rollout may take, as 90s, 10m or 1h (default: 10m)',
    )
    .option(
      '--prune',
      'in mode apply: delete what the overlay made before and makes no more; claims never',
    )
    .option('--confirm-prune', 'also where that is more than 30 % of it')
    .option(
      '--conflicts <how>',
      'in mode apply, of fields that somebody else owns: refuse or takeover (default: refuse)',
    )
    .option(
      '--on-failure <what>',
      'in mode apply, after a rollout that fails: leave or rollback (default: leave)',
    )
    .option(
      '--branch <name>',
      "branch of the infra repository (default: the remote's HEAD)",
    )
    .option(
      '--config <file>',
      "a portal's app-config.yaml: environments and their freeze windows",
    )
    .option('--dry-run', 'show the plan and write nothing')
    .option('--plan-hash <hash>', 'deploy only if the plan still has this hash')
    .option('--json', 'print plan and outcomes as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  dojo deploy --component ledger --environment dev --infra https://github.com/acme/infra.git --base https://github.com/acme/ledger.git//deploy/k8s/base --version v0.3.0 --host ledger.example.com --storage 1Gi --dry-run',
    )
    .action(async (flags: DeployFlags) =>
      exit(await runDeploy(flags, context)),
    );
}

async function runDeploy(
  flags: DeployFlags,
  context: CommandContext,
): Promise<number> {
  const { planHash, ...request } = parseInput(
    wishesSchema,
    wishesOf(flags),
    'dojo deploy',
  );
  const configured = await configOf(flags, context);
  const policy = configured?.(flags.environment);
  const mode = request.prepare ? 'commit' : request.mode ?? policy?.mode;
  const source =
    mode === 'apply' ? sourceOf(flags, policy, configured) : undefined;
  const ports = await deployPorts(context, request.image, {
    ...flags,
    ...(source && { source }),
  });
  const log = (line: string) => context.stderr.write(terminalText(`${line}\n`));
  const result = await deploy(request, ports, {
    signal: context.signal,
    dryRun: flags.dryRun ?? false,
    ...(planHash !== undefined && { planHash }),
    ...(policy && { policy }),
    ...databaseOf(flags),
    log,
    onOutcome: outcome => log(describeOutcome(outcome)),
  });
  context.stdout.write(
    flags.json
      ? `${JSON.stringify(result, null, 2)}\n`
      : terminalText(reportDeployment(result)),
  );
  return exitCodeOfDeployment(result);
}

/** Without a level nothing of the database is known. */
function databaseOf({
  databaseLevel: level,
  migrations = 'migrations',
}: DeployFlags): Pick<DeployOptions, 'database'> {
  if (level === undefined) return {};
  return {
    database: { migrations, ...(level !== 'none' && { level }) },
  };
}

type PolicyOf = (environment: string) => DeploymentPolicy;

/** The schema judges the values; here flags only get the names that it knows. */
function wishesOf(flags: DeployFlags): Wishes {
  const {
    storage,
    config,
    dryRun,
    json,
    kubeconfig,
    context,
    wait,
    ...others
  } = flags;
  const { databaseLevel, migrations, ...same } = others;
  return {
    ...same,
    ...(wait !== undefined && { wait: parseDuration(wait) }),
    ...(storage !== undefined && { storage: { size: storage } }),
  } as Wishes;
}

/** The policies of a configuration by their environments; undefined: none is given. */
async function configOf(
  { config }: DeployFlags,
  { cwd }: CommandContext,
): Promise<PolicyOf | undefined> {
  if (config === undefined) return undefined;
  const text = await configText(config, cwd);
  return environment => readPolicy(text, environment, config);
}

/**
 * Where in the run's own cluster the environment is that a version is promoted from: a configuration that names another
 * cluster for it says that it is not there; without one it is assumed to be.
 */
function sourceOf(
  { promoteFrom }: DeployFlags,
  policy: DeploymentPolicy | undefined,
  configured: PolicyOf | undefined,
): Omit<SourceCluster, 'cluster'> | undefined {
  if (promoteFrom === undefined) return undefined;
  if (configured === undefined) return { isAssumed: true };
  const { cluster, namespace } = policyIfKnown(configured, promoteFrom) ?? {};
  if (cluster === undefined || cluster !== policy?.cluster) return undefined;
  return namespace === undefined ? {} : { namespace };
}

/** It may be promoted from an environment that the configuration does not have. */
function policyIfKnown(
  configured: PolicyOf,
  environment: string,
): DeploymentPolicy | undefined {
  try {
    return configured(environment);
  } catch (error) {
    const isUnknown =
      isDojoError(error) && error.code === 'DEPLOY_ENVIRONMENT_UNKNOWN';
    if (isUnknown) return undefined;
    throw error;
  }
}
