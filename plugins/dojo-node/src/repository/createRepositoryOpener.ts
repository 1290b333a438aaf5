import { join } from 'node:path';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createGitOpener } from 'dojo-portal-core/repository';
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
  const { temporaryRoot } = config;
  return createGitOpener({
    allowedHosts: config.allowedHosts,
    localRoot: {
      kind: 'below',
      // Without a forge, a folder that nothing is ever below.
      path: config.localForgeRoot ?? join(temporaryRoot, 'no-local-forge'),
    },
    authorization: createRepositoryCredentials(integrations),
    temporaryRoot,
  });
}
