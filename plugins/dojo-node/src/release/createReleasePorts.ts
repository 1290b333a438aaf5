import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  createForgeOpener,
  createImageOpener,
  ReleasePorts,
} from 'dojo-portal-core/release';
import type { DojoConfig } from '../config/readDojoConfig';
import { createGithubToken } from '../repository/githubToken';

/** The release engine's ports over the real systems, as far as the configuration allows. */
export function createReleasePorts(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
  openRepository: ReleasePorts['openRepository'],
): ReleasePorts {
  const githubToken = createGithubToken(integrations);
  return {
    clock: { now: () => new Date() },
    author: config.author,
    openRepository,
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
