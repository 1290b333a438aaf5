import { join } from 'node:path';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  createBaseOpener,
  createGitOpener,
  createInfraOpener,
  GitOpenerOptions,
} from 'dojo-portal-core/repository';
import type { DojoConfig } from '../config/readDojoConfig';
import { createRepositoryCredentials } from './repositoryCredentials';

/**
 * Opens repositories as far as the configuration allows: on its hosts, with the credentials of `integrations:`, and on
 * this machine below its local forge only.
 */
export function createRepositoryOpener(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
): ReturnType<typeof createGitOpener> {
  return createGitOpener(toGitOptions(config, integrations));
}

/** The same for what is read and noted at single commits, such as those of versions. */
export function createBaseRepositoryOpener(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
): ReturnType<typeof createBaseOpener> {
  return createBaseOpener(toGitOptions(config, integrations));
}

/** The same for the repositories of overlays. */
export function createInfraRepositoryOpener(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
): ReturnType<typeof createInfraOpener> {
  return createInfraOpener(toGitOptions(config, integrations));
}

/** What every opener of repositories is made with. */
export function toGitOptions(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
): GitOpenerOptions {
  const { temporaryRoot } = config;
  return {
    allowedHosts: config.allowedHosts,
    localRoot: {
      kind: 'below',
      // Without a forge, a folder that nothing is ever below.
      path: config.localForgeRoot ?? join(temporaryRoot, 'no-local-forge'),
    },
    authorization: createRepositoryCredentials(integrations),
    temporaryRoot,
  };
}
