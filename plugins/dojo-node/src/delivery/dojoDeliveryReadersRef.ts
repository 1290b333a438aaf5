import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { Environments } from '../config/Environments';
import { readDojoConfig } from '../config/readDojoConfig';
import { dojoSharedRef } from '../dojoSharedRef';
import { toBackstageError } from '../errors/toBackstageError';
import { createInfraReader } from './read/createInfraReader';
import { createLiveReaders } from './read/createLiveReaders';
import { createOutcomeNotes } from './read/createOutcomeNotes';
import { createRepositoryReader } from './read/createRepositoryReader';
import type { DeliveryReaders } from './read/DeliveryReaders';

/** How the sources of deliveries are read. A service of its own, so that a test may put others in its place. */
export const dojoDeliveryReadersRef = createServiceRef<DeliveryReaders>({
  id: 'dojo.delivery-readers',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { rootConfig: coreServices.rootConfig, shared: dojoSharedRef },
      factory({ rootConfig, shared }): DeliveryReaders {
        try {
          const config = readDojoConfig(rootConfig);
          const integrations = ScmIntegrations.fromConfig(rootConfig);
          return {
            readRepository: createRepositoryReader(config, integrations),
            readInfra: createInfraReader(config, integrations),
            noteOutcome: createOutcomeNotes(config, integrations),
            ...createLiveReaders({
              config,
              environments: new Environments(config),
              turns: shared.turns,
              command: require.resolve('dojo-portal-cli/bin/dojo'),
            }),
          };
        } catch (error) {
          throw toBackstageError(error);
        }
      },
    }),
});
