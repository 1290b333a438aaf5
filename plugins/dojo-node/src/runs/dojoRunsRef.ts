import { setTimeout as delay } from 'node:timers/promises';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { Access } from '../access/Access';
import { Environments } from '../config/Environments';
import { readDojoConfig } from '../config/readDojoConfig';
import { DeliveryRulesSource } from '../delivery/DeliveryRulesSource';
import { dojoDeliveriesRef } from '../delivery/dojoDeliveriesRef';
import { dojoServiceRef } from '../dojoServiceRef';
import { toBackstageError } from '../errors/toBackstageError';
import { changeOfPlan } from './changeOfPlan';
import { FollowedRuns } from './FollowedRuns';
import { ReviewedPlans } from './ReviewedPlans';
import type { Runs } from './Runs';
import { pageOfTask, RunsService } from './RunsService';
import { StartedRuns } from './StartedRuns';
import { taskStillRuns } from './taskStillRuns';

/** As many landings of an environment as are looked through for that of a plan. */
const landingsRead = 100;

/**
 * Runs of the suite's templates without a form, for the plugin that offers them to agents: `dojo` alone, in whose database
 * their starts are kept.
 *
 * @public
 */
export const dojoRunsRef = createServiceRef<Runs>({
  id: 'dojo.runs',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        rootConfig: coreServices.rootConfig,
        auditor: coreServices.auditor,
        permissions: coreServices.permissions,
        auth: coreServices.auth,
        database: coreServices.database,
        cache: coreServices.cache,
        catalog: catalogServiceRef,
        scaffolder: scaffolderServiceRef,
        dojo: dojoServiceRef,
        deliveries: dojoDeliveriesRef,
      },
      async factory({
        rootConfig,
        auditor,
        permissions,
        auth,
        database,
        cache,
        catalog,
        scaffolder,
        dojo,
        deliveries,
      }) {
        try {
          const config = readDojoConfig(rootConfig);
          const clock = { now: () => new Date() };
          const access = new Access({ auditor, permissions });
          const started = new StartedRuns({
            knex: await database.getClient(),
            clock,
          });
          if (!database.migrations?.skip) await started.prepare();
          const rules = new DeliveryRulesSource({
            config,
            environments: new Environments(config),
            catalog,
            auth,
          });
          const appUrl = rootConfig.getOptionalString('app.baseUrl') ?? '';
          const toPage = (taskId: string) =>
            `${appUrl.replace(/\/$/, '')}${pageOfTask(taskId)}`;
          return new RunsService({
            access,
            scaffolder,
            started,
            clock,
            plans: new ReviewedPlans({ dojo, cache, after }),
            followed: new FollowedRuns({
              access,
              scaffolder,
              operations: dojo.operations,
              async changeOf(of, credentials) {
                const { component, environment } = of;
                const [{ delivery }, { entries }] = await Promise.all([
                  deliveries.get({ component }, { credentials }),
                  deliveries.history(
                    {
                      component,
                      query: {
                        kind: 'deployment',
                        environment,
                        limit: landingsRead,
                      },
                    },
                    { credentials },
                  ),
                ]);
                return changeOfPlan(of, delivery, entries);
              },
              pageOfTask: toPage,
              clock,
              after,
            }),
            async runningOf(component, credentials) {
              const { delivery } = await deliveries.get(
                { component },
                { credentials },
              );
              return delivery.kind === 'delivery' ? delivery.running : [];
            },
            stillRuns: taskId => taskStillRuns(taskId, { scaffolder, auth }),
            async templateOf(verb) {
              await rules.readTemplates();
              return rules.at(clock.now()).templates[verb];
            },
            pageOfTask: toPage,
          });
        } catch (error) {
          throw toBackstageError(error);
        }
      },
    }),
});

async function after(
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(error => {
    if (!signal?.aborted) throw error;
  });
}
