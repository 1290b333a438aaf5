import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { ReleasePorts } from 'dojo-portal-core';
import type { DojoConfig } from '../config/readDojoConfig';
import { createRepositoryCredentials } from './repositoryCredentials';

/** The engine's ports over the real systems that the configuration names. */
export function createReleasePorts(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
): ReleasePorts {
  const authorization = createRepositoryCredentials(integrations);
  return {
    clock: { now: () => new Date() },
    author: config.author,
    async openRepository(url) {
      throw new Error(`${url} ${typeof authorization}`);
    },
    openImage(repository) {
      throw new Error(repository);
    },
    openForge: () => undefined,
  };
}
