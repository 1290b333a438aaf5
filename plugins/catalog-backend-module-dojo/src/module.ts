import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { dojoForgeTopic, dojoServiceRef } from 'backstage-plugin-dojo-node';
import { LocalForgeProvider } from './LocalForgeProvider';

/** How often it is looked for what others pushed; what the portal itself makes is told at once. */
const schedule = { frequency: { minutes: 1 }, timeout: { minutes: 5 } };

/**
 * Provides the entities of each repository of the local forge, where there is one.
 *
 * @public
 */
export const catalogModuleDojo = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'dojo',
  register({ registerInit }) {
    registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        dojo: dojoServiceRef,
        events: eventsServiceRef,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, dojo, events, logger, scheduler }) {
        const forge = dojo.forgeEntries;
        if (!forge.isConfigured) return;
        const provider = new LocalForgeProvider({ forge, logger });
        catalog.addEntityProvider(provider);
        const id = provider.getProviderName();
        await scheduler.scheduleTask({
          ...schedule,
          id,
          // Each backend has a catalog of its own to tell, and what it remembers of bad files is its own too.
          scope: 'local',
          fn: signal => provider.refresh(signal as AbortSignal),
        });
        await events.subscribe({
          id,
          topics: [dojoForgeTopic],
          onEvent: () => provider.refresh(),
        });
      },
    });
  },
});
