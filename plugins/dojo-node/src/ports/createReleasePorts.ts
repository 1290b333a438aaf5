import { join } from 'node:path';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  createForgeOpener,
  createGitOpener,
  createImageOpener,
  ReleasePorts,
} from 'dojo-portal-core';
import type { DojoConfig } from '../config/readDojoConfig';
import { createGithubToken } from './githubToken';
import { createRepositoryCredentials } from './repositoryCredentials';

/**
 * The engine's ports over the real systems, as far as the configuration allows: its hosts, its registries, and
 * repositories of this machine below its local forge only.
 */
export function createReleasePorts(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
): ReleasePorts {
  const { temporaryRoot } = config;
  const githubToken = createGithubToken(integrations);
  return {
    clock: { now: () => new Date() },
    author: config.author,
    openRepository: createGitOpener({
      allowedHosts: config.allowedHosts,
      localRoot: {
        kind: 'below',
        // Without a forge, a folder that nothing is ever below.
        path: config.localForgeRoot ?? join(temporaryRoot, 'no-local-forge'),
      },
      authorization: createRepositoryCredentials(integrations),
      temporaryRoot,
    }),
    openImage: createImageOpener({
      registries: config.registries,
      allow: 'listed',
    }),
    openForge: repository =>
      createForgeOpener({
        githubs: integrations.github
          .list()
          .map(
            ({ config: { host, apiBaseUrl = `https://${host}/api/v3` } }) => ({
              host,
              apiBaseUrl,
              token: () => githubToken(host, repository),
            }),
          ),
      })(repository),
  };
}
