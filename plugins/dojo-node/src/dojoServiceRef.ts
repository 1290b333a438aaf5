import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { Access } from './access/Access';
import { ChildSlots } from './child/ChildSlots';
import { readDojoConfig } from './config/readDojoConfig';
import { createDojoService } from './createDojoService';
import { createRunTeller } from './delivery/runs/runTopic';
import type { DojoService } from './DojoService';
import { dojoSharedRef } from './dojoSharedRef';
import { toBackstageError } from './errors/toBackstageError';

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
        auth: coreServices.auth,
        events: eventsServiceRef,
        shared: dojoSharedRef,
      },
      factory(deps) {
        const { config, auditor, permissions, catalog, auth, events } = deps;
        const { shared } = deps;
        try {
          const dojoConfig = readDojoConfig(config);
          const { atOnce: max } = dojoConfig.plans;
          shared.slots ??= new ChildSlots({ max });
          return createDojoService({
            config: dojoConfig,
            integrations: ScmIntegrations.fromConfig(config),
            access: new Access({
              auditor,
              permissions,
              onRun: createRunTeller(events),
            }),
            catalog,
            auth,
            events,
            turns: shared.turns,
            slots: shared.slots,
          });
        } catch (error) {
          throw toBackstageError(error);
        }
      },
    }),
});
