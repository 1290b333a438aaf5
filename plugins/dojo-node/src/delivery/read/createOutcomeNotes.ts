import type { ScmIntegrationRegistry } from '@backstage/integration';
import { noteSeenOutcome } from 'dojo-portal-core/deploy';
import type { DojoConfig } from '../../config/readDojoConfig';
import { createInfraRepositoryOpener } from '../../repository/createRepositoryOpener';
import type { DeliveryReaders } from './DeliveryReaders';

/** Writes how rollouts ended into the notes of the repositories of overlays, with the portal's own credentials. */
export function createOutcomeNotes(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
): NonNullable<DeliveryReaders['noteOutcome']> {
  const open = createInfraRepositoryOpener(config, integrations);
  const { author } = config;
  return async (infra, { commit, folder, ...end }, signal) => {
    const repository = await open(infra);
    try {
      const noted = await noteSeenOutcome(
        repository,
        { commit, folder, author },
        end,
        signal,
      );
      return noted.isNoted ? undefined : noted.why;
    } finally {
      await repository.dispose();
    }
  };
}
