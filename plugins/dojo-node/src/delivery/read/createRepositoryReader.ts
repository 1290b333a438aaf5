import type { ScmIntegrationRegistry } from '@backstage/integration';
import { rejectionIn } from 'dojo-portal-core/deploy';
import { isBreaking } from 'dojo-portal-core/migrate';
import { observeStanding } from 'dojo-portal-core/release';
import type { StandingRequest } from 'dojo-portal-core/release';
import {
  createStandingOpener,
  repositoryLinks,
} from 'dojo-portal-core/repository';
import type { DojoConfig } from '../../config/readDojoConfig';
import type { DeliveryReaders, DeliveryTarget } from './DeliveryReaders';
import { forgePage } from './forgePage';
import { migrationsIn } from './migrationsIn';
import { mirrorOptions } from './mirrorOptions';

/**
 * Reads the repositories of components, as far as the configuration allows: on its hosts, with the credentials of
 * `integrations:`. Git runs in processes of its own, with limits of output and time; a quiet repository costs two of them.
 */
export function createRepositoryReader(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
): DeliveryReaders['readRepository'] {
  let opener: Promise<ReturnType<typeof createStandingOpener>> | undefined;
  const open = () => {
    opener ??= mirrorOptions(config, integrations).then(createStandingOpener);
    return opener;
  };
  return async (target, known, signal, options = {}) => {
    const page = forgePage(target.repository, integrations);
    const use = await open();
    return use(target.repository, repository =>
      observeStanding(toRequest(target), repository, {
        signal,
        ...(known && { known }),
        ...(options.everything && { everything: true }),
        ...(page && { url: page.url }),
        ...(page && page.kind !== 'other' && { links: repositoryLinks(page) }),
        rejectionIn,
        migrationsIn,
        breaks: isBreaking,
      }),
    );
  };
}

function toRequest(target: DeliveryTarget): StandingRequest {
  const { repository, branch, maintenance, image, tagPrefix } = target;
  const { path, migrations } = target;
  return {
    repository,
    ...(branch !== undefined && { branch }),
    ...(maintenance !== undefined && { maintenance }),
    ...(image !== undefined && { image }),
    ...(tagPrefix !== undefined && { tagPrefix }),
    ...(path !== undefined && { path }),
    ...(migrations !== undefined && { migrations }),
  };
}
