import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { Access } from '../access/Access';
import { warnOfFreezes } from '../config/freezesOf';
import { readDojoConfig } from '../config/readDojoConfig';
import { toBackstageError } from '../errors/toBackstageError';
import { StartedRuns } from '../runs/StartedRuns';
import { createDeliveries } from './createDeliveries';
import type { Deliveries } from './Deliveries';
import { dojoDeliveryReadersRef } from './dojoDeliveryReadersRef';
import { warnOfRegistries } from './read/registryProblems';
import { followClusters, scheduleDeliveries } from './scheduleDeliveries';

/**
 * The deliveries of components, out of an index in the database of the plugin that depends on it. Whoever depends on it
 * keeps an index, reads the sources and tells of changes: in a portal this is the plugin `dojo` alone, and others ask its
 * routes.
 *
 * @public
 */
export const dojoDeliveriesRef = createServiceRef<Deliveries>({
  id: 'dojo.deliveries',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        rootConfig: coreServices.rootConfig,
        auditor: coreServices.auditor,
        permissions: coreServices.permissions,
        catalog: catalogServiceRef,
        auth: coreServices.auth,
        userInfo: coreServices.userInfo,
        database: coreServices.database,
        scheduler: coreServices.scheduler,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        events: eventsServiceRef,
        scaffolder: scaffolderServiceRef,
        signals: signalsServiceRef,
        metrics: metricsServiceRef,
        tracing: tracingServiceRef,
        readers: dojoDeliveryReadersRef,
      },
      async factory({
        rootConfig,
        auditor,
        database,
        scheduler,
        lifecycle,
        metrics,
        tracing,
        events,
        ...services
      }) {
        try {
          const { logger, permissions } = services;
          const clock = { now: () => new Date() };
          const stop = new AbortController();
          const readings = metrics.createCounter('dojo.delivery.readings', {
            description: 'Readings of the sources of deliveries',
          });
          const durations = metrics.createHistogram(
            'dojo.delivery.reading.duration',
            {
              description: 'How long readings of sources took',
              unit: 's',
            },
          );
          const config = readDojoConfig(rootConfig);
          warnOfFreezes(rootConfig, logger);
          warnOfRegistries(config.registries, logger);
          const knex = await database.getClient();
          const started = new StartedRuns({ knex, clock });
          const parts = createDeliveries({
            ...services,
            config,
            knex,
            agentTasks: taskIds => started.among(taskIds),
            access: new Access({ auditor, permissions }),
            integrations: ScmIntegrations.fromConfig(rootConfig),
            clock,
            signal: stop.signal,
            onReading({ kind, ok, milliseconds }) {
              const attributes = { source: kind, ok };
              readings.add(1, attributes);
              durations.record(milliseconds / 1000, attributes);
            },
          });
          if (!database.migrations?.skip) {
            await parts.index.prepare();
            await started.prepare();
          }
          const running: Promise<void>[] = [];
          lifecycle.addStartupHook(() => {
            running.push(followClusters({ parts, signal: stop.signal }));
          });
          lifecycle.addShutdownHook(async () => {
            stop.abort(new Error('the backend stops'));
            await Promise.all([
              ...running,
              parts.refresher.idle(),
              parts.listings.idle(),
            ]);
          });
          await scheduleDeliveries({
            parts,
            scheduler,
            events,
            clock,
            logger,
            signal: stop.signal,
            around: (name, task) => tracing.startActiveSpan(name, task),
          });
          return parts.deliveries;
        } catch (error) {
          throw toBackstageError(error);
        }
      },
    }),
});
