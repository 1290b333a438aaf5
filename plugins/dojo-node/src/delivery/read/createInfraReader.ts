import type { ScmIntegrationRegistry } from '@backstage/integration';
import { observeLandings } from 'dojo-portal-core/deploy';
import type { LandingComponent } from 'dojo-portal-core/deploy';
import {
  createLandingOpener,
  repositoryLinks,
} from 'dojo-portal-core/repository';
import type { DojoConfig } from '../../config/readDojoConfig';
import type { DeliveryReaders, DeliveryTarget } from './DeliveryReaders';
import { forgePage } from './forgePage';
import { mirrorOptions } from './mirrorOptions';

/**
 * Reads a repository of overlays for all components at once, as far as the configuration allows. Git runs in processes of
 * its own, with limits of output and time; a quiet repository costs two of them.
 *
 * @param now - default: this machine's clock
 */
export function createInfraReader(
  config: DojoConfig,
  integrations: ScmIntegrationRegistry,
  now: () => Date = () => new Date(),
): DeliveryReaders['readInfra'] {
  let opener: Promise<ReturnType<typeof createLandingOpener>> | undefined;
  const open = () => {
    opener ??= mirrorOptions(config, integrations).then(createLandingOpener);
    return opener;
  };
  return async (infra, targets, known, signal) => {
    const page = forgePage(infra, integrations);
    // A branch belongs to the repository that it was configured with.
    const branch =
      config.infra?.repository === infra ? config.infra.branch : undefined;
    const use = await open();
    return use(infra, repository =>
      observeLandings(
        {
          ...(branch !== undefined && { branch }),
          components: targets.map(toComponent),
        },
        repository,
        {
          signal,
          now: now(),
          ...(known && { known }),
          ...(page && { url: page.url }),
          ...(page &&
            page.kind !== 'other' && { links: repositoryLinks(page) }),
        },
      ),
    );
  };
}

function toComponent(target: DeliveryTarget): LandingComponent {
  const { name, repository, basePath, image, tagPrefix } = target;
  return {
    name,
    repository,
    ...(basePath !== undefined && { basePath }),
    ...(image !== undefined && { image }),
    ...(tagPrefix !== undefined && { tagPrefix }),
  };
}
