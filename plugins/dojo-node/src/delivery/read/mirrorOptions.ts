import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemporaryFolder } from 'dojo-portal-core/local';
import type { HistoryOpenerOptions } from 'dojo-portal-core/repository';
import type { DojoConfig } from '../../config/readDojoConfig';
import { toGitOptions } from '../../repository/createRepositoryOpener';

/**
 * What is read of repositories again and again is kept below the portal's own folder; without one, in a folder that
 * nobody else may read, as long as this process lives.
 */
export async function mirrorOptions(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
): Promise<HistoryOpenerOptions> {
  const { mirrors, temporaryRoot } = config;
  return {
    ...toGitOptions(config, integrations),
    mirrorRoot:
      mirrors ??
      (await createTemporaryFolder(temporaryRoot, 'dojo-mirrors-')).path,
    deadline: 2 * 60_000,
  };
}
