import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { targetPaths } from '@backstage/cli-common';
import type { Config } from '@backstage/config';
import {
  DeploymentMode,
  listProblems,
  SyncSource,
} from 'backstage-plugin-dojo-common';
import type { RegistryConfig } from 'dojo-portal-core/release';
import type { ClusterConfig } from '../cluster/ClusterConfig';
import { readClusters } from '../cluster/readClusters';
import type { ComponentAllowance } from '../component/readComponent';
import type { WebhookSecrets } from '../webhooks/receiveWebhook';
import { serviceErrors } from '../errors/serviceErrors';
import { dojoConfigSchema } from './dojoConfigSchema';
import { freezesOf } from './freezesOf';
import { integrationHosts } from './integrationHosts';

const mebibyte = 1024 * 1024;

/** `dojo:` resolved: defaults filled in, paths absolute, hosts in lower case. */
export interface DojoConfig {
  /** Absolute folder of bare repositories that `file:` addresses are below; absent: no `file:` address is served. */
  readonly localForgeRoot?: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Hosts that repositories may be on: the configured ones, else those of `integrations:`. */
  readonly allowedHosts: readonly string[];
  /** What components may name beside the repository that they came from. */
  readonly allow: ComponentAllowance;
  /** The image registries that may be reached, with their credentials. */
  readonly registries: readonly RegistryConfig[];
  /** What the child processes of plans may take. */
  readonly plans: PlanLimits;
  /** What DuckDB may take in the child process of each rehearsal and run. */
  readonly migrations: MigrationLimits;
  /** In the order they are written, which is the one they are shown in. */
  readonly environments: readonly EnvironmentConfig[];
  /** Where overlays are; absent: only where a component's annotation says it. */
  readonly infra?: InfraConfig;
  /** Whose deployments the four measures are of. */
  readonly metrics: MetricsConfig;
  /** Secrets of the forges that may tell of pushes; absent: none may. */
  readonly webhooks?: WebhookSecrets;
  /** Program that holds kustomize, absolute or a name on PATH; absent: kustomize, else kubectl. */
  readonly kustomize?: string;
  /** Absolute folder that keeps what was read of remote bases; absent: nothing is kept. */
  readonly baseCache?: string;
  /** Absolute folder that keeps what kustomize made of the same files before; absent: nothing is kept. */
  readonly renderCache?: string;
  /** Absolute folder that keeps refs and histories of repositories; absent: they are kept as long as the process lives. */
  readonly mirrors?: string;
  /** Absolute folder for what lives as long as one run: Backstage's `backend.workingDirectory`, else the system's. */
  readonly temporaryRoot: string;
}

/** What plans may take, each of them and all together. */
export interface PlanLimits {
  /** Plans that are computed at once; an initiator has at most half of them. */
  readonly atOnce: number;
  /** Bytes of memory of each, with all that it starts. */
  readonly memoryBytes: number;
  /** Seconds of each, with its waiting. */
  readonly seconds: number;
}

/** What DuckDB may take, for each rehearsal and run. */
export interface MigrationLimits {
  /** Bytes of memory. */
  readonly memoryBytes: number;
  /** Bytes on the disk of the database, beside the copy of it, for what does not fit into memory. */
  readonly spillBytes: number;
}

/** What the four measures count. */
export interface MetricsConfig {
  /** Absent: each environment that none promotes from. */
  readonly environment?: string;
  /** Within which a fix of what was deployed counts as its failure, in milliseconds; 0: never. */
  readonly hotfixWindowMs: number;
}

/** One of `dojo.environments`. */
export interface EnvironmentConfig {
  readonly name: string;
  /** What people call it; absent: its name. */
  readonly title?: string;
  /** Absent: no database of it can be migrated from here. `file` is absolute, its placeholders as they are written. */
  readonly database?: { readonly file: string };
  /** Where its components run; absent: nothing is asked of any cluster. */
  readonly cluster?: ClusterConfig;
  /** Template of the namespace; absent: `{component}-{environment}`. */
  readonly namespace?: string;
  /** How a change of an overlay lands; absent: by commit. */
  readonly mode?: DeploymentMode;
  /** The environment before it, from which it is promoted to; absent: it is the first. */
  readonly promotesFrom?: string;
  /** Whether nothing else gets in than what is in `promotesFrom`, but a rollback; absent: what `approval` is. */
  readonly promotedOnly?: boolean;
  /** Whether somebody else than who asks for it lands a change; then `mode` is `pull-request`. */
  readonly approval?: boolean;
  /** Times in which nothing is deployed but what goes back, as they are written now: a change of them needs no start. */
  readonly freeze?: readonly string[];
  /** What brings its overlays into the cluster, and is waited for; absent: nothing is. */
  readonly sync?: SyncSource;
}

/** The git repository that holds the overlays. */
export interface InfraConfig {
  readonly repository: string;
  /** Absent: the remote's HEAD. */
  readonly branch?: string;
}

/** Options of {@link readDojoConfig}. */
export interface ReadDojoConfigOptions {
  /** What relative paths are relative to; default: the folder in which Backstage itself looks for app-config.yaml. */
  readonly rootDir?: string;
  /** In a pod it says where the cluster's own API server is; default: this process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads `dojo:` of the configuration, and of `kubernetes:` the clusters that it names.
 *
 * @throws DojoError `CONFIG_INVALID` with every problem as `path: message`; values are not repeated.
 */
export function readDojoConfig(
  config: Config,
  options: ReadDojoConfigOptions = {},
): DojoConfig {
  const { rootDir = targetPaths.rootDir, env = process.env } = options;
  const clusters = readClusters(config, { rootDir, env });
  const parsed = dojoConfigSchema({ rootDir, clusters }).safeParse({
    dojo: config.getOptional('dojo'),
  });
  if (!parsed.success) {
    throw serviceErrors.configInvalid(listProblems(parsed.error));
  }
  const {
    localForge,
    git,
    allow,
    registries,
    plans,
    migrations,
    environments,
    infra,
    kustomize: { command },
    metrics,
    webhooks,
  } = parsed.data.dojo;
  const workingDirectory = config.getOptionalString('backend.workingDirectory');
  return {
    localForgeRoot: localForge && resolve(rootDir, localForge.root),
    author: git.author,
    allowedHosts:
      git.allowedHosts.length > 0
        ? git.allowedHosts.map(host => host.toLowerCase())
        : integrationHosts(config),
    allow,
    temporaryRoot: resolve(rootDir, workingDirectory ?? tmpdir()),
    // A folder that the whole machine writes to would show others what this portal may read.
    ...(workingDirectory !== undefined && {
      baseCache: resolve(rootDir, workingDirectory, 'dojo-bases'),
      renderCache: resolve(rootDir, workingDirectory, 'dojo-renders'),
      mirrors: resolve(rootDir, workingDirectory, 'dojo-mirrors'),
    }),
    ...(infra && { infra }),
    ...(command !== undefined && {
      kustomize: command.includes('/') ? resolve(rootDir, command) : command,
    }),
    plans: {
      atOnce: plans.atOnce,
      memoryBytes: plans.memoryMegabytes * mebibyte,
      seconds: plans.seconds,
    },
    migrations: {
      memoryBytes: migrations.memoryMegabytes * mebibyte,
      spillBytes: migrations.spillMegabytes * mebibyte,
    },
    environments: environments.map(each => toEnvironment(each, config)),
    metrics: {
      ...(metrics.environment !== undefined && {
        environment: metrics.environment,
      }),
      hotfixWindowMs: metrics.hotfixWindow,
    },
    webhooks: {
      ...(webhooks.github && { github: webhooks.github.secret }),
      ...(webhooks.gitlab && { gitlab: webhooks.gitlab.secret }),
    },
    registries: registries.map((registry, at) =>
      toRegistry(registry, `dojo.registries.${at}`),
    ),
  };
}

/**
 * A portal whose secret of one registry is not there has enough else to do: it starts, and that registry says what it lacks.
 * A secret that a build machine or a cluster does not have is often an empty one.
 */
function toRegistry(
  { host, username, password, plainHttp }: RegistryConfig,
  path: string,
): RegistryConfig {
  const isAnonymous = username === undefined && password === undefined;
  const isWhole = Boolean(username && password);
  const missing = username ? 'password' : 'username';
  return {
    host: host.toLowerCase(),
    plainHttp,
    ...(username && { username }),
    ...(password && { password }),
    ...(!isAnonymous && !isWhole && { missing: `${path}.${missing}` }),
  };
}

/** Approval is a merge by somebody else; freezes are those that are written at the time. */
function toEnvironment(
  environment: EnvironmentConfig,
  config: Config,
): EnvironmentConfig {
  const { name, freeze, approval } = environment;
  const freezes = freezesOf(config, name, freeze);
  return {
    ...environment,
    ...(approval && { mode: 'pull-request' as const }),
    get freeze() {
      return freezes();
    },
  };
}

/**
 * The secrets of `dojo.webhooks`.
 *
 * @throws DojoError `CONFIG_INVALID`.
 * @public
 */
export function readWebhookSecrets(config: Config): WebhookSecrets {
  return readDojoConfig(config).webhooks ?? {};
}
