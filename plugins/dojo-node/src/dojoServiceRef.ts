import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { readDojoConfig } from './config/readDojoConfig';
import { DefaultDojoService } from './DefaultDojoService';
import { toBackstageError } from './errors/toBackstageError';
import { createReleasePorts } from './ports/createReleasePorts';
import type { DojoService } from './types';

/**
 * The dojo engines for any backend plugin or module: `deps: { dojo: dojoServiceRef }`. It comes with its default
 * implementation, which reads `dojo:` and `integrations:` of the configuration; a plugin that depends on it does not
 * start while that configuration has a problem.
 *
 * @public
 */
export const dojoServiceRef = createServiceRef<DojoService>({
  id: 'dojo',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        auditor: coreServices.auditor,
        permissions: coreServices.permissions,
        catalog: catalogServiceRef,
      },
      factory({ config, auditor, permissions, catalog }) {
        try {
          const integrations = ScmIntegrations.fromConfig(config);
          const ports = createReleasePorts(
            readDojoConfig(config),
            integrations,
          );
          return DefaultDojoService.create({
            auditor,
            permissions,
            catalog,
            integrations,
            ports,
          });
        } catch (error) {
          throw toBackstageError(error);
        }
      },
    }),
});
