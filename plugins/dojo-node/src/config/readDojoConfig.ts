import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { targetPaths } from '@backstage/cli-common';
import type { Config } from '@backstage/config';
import { listProblems } from 'backstage-plugin-dojo-common';
import type { RegistryConfig } from 'dojo-portal-core/release';
import type { ComponentAllowance } from '../component/readComponent';
import { serviceErrors } from '../errors/serviceErrors';
import { dojoConfigSchema } from './dojoConfigSchema';
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

/** One of `dojo.environments`. */
export interface EnvironmentConfig {
  readonly name: string;
  /** Absent: no database of it can be migrated from here. `file` is absolute, its placeholders as they are written. */
  readonly database?: { readonly file: string };
}

/** Options of {@link readDojoConfig}. */
export interface ReadDojoConfigOptions {
  /** What relative paths are relative to; default: the folder in which Backstage itself looks for app-config.yaml. */
  readonly rootDir?: string;
}

/**
 * Reads `dojo:` of the configuration.
 *
 * @throws DojoError `CONFIG_INVALID` with every problem as `path: message`; values are not repeated.
 */
export function readDojoConfig(
  config: Config,
  options: ReadDojoConfigOptions = {},
): DojoConfig {
  const rootDir = options.rootDir ?? targetPaths.rootDir;
  const parsed = dojoConfigSchema(rootDir).safeParse({
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
  } = parsed.data.dojo;
  return {
    localForgeRoot: localForge && resolve(rootDir, localForge.root),
    author: git.author,
    allowedHosts:
      git.allowedHosts.length > 0
        ? git.allowedHosts.map(host => host.toLowerCase())
        : integrationHosts(config),
    allow,
    temporaryRoot: resolve(
      rootDir,
      config.getOptionalString('backend.workingDirectory') ?? tmpdir(),
    ),
    plans: {
      atOnce: plans.atOnce,
      memoryBytes: plans.memoryMegabytes * mebibyte,
      seconds: plans.seconds,
    },
    migrations: {
      memoryBytes: migrations.memoryMegabytes * mebibyte,
      spillBytes: migrations.spillMegabytes * mebibyte,
    },
    environments,
    registries: registries.map(registry => ({
      ...registry,
      host: registry.host.toLowerCase(),
    })),
  };
}
