import {
  coreServices,
  createBackendPlugin,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  dojoEnvironmentChangePermission,
  dojoPermissions,
  dojoServiceCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';
import {
  dojoDeliveriesRef,
  dojoRunsRef,
  dojoServiceRef,
  readWebhookSecrets,
  toBackstageError,
} from 'backstage-plugin-dojo-node';
import { registerAgentActions } from './actions';
import { environmentResourceRef, environmentRules } from './environmentRules';
import { createRouter } from './router';
import { createWebhookRouter } from './webhookRouter';

/**
 * The routes under `/api/dojo` and the permissions of the suite.
 *
 * @public
 */
export const dojoPlugin = createBackendPlugin({
  pluginId: 'dojo',
  register(env) {
    env.registerInit({
      deps: {
        dojo: dojoServiceRef,
        deliveries: dojoDeliveriesRef,
        runs: dojoRunsRef,
        registry: actionsRegistryServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        rootConfig: coreServices.rootConfig,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({
        dojo,
        deliveries,
        runs,
        registry,
        httpAuth,
        httpRouter,
        rootConfig,
        permissionsRegistry,
      }) {
        permissionsRegistry.addPermissions([
          ...dojoPermissions,
          dojoServiceCreatePermission,
        ]);
        permissionsRegistry.addResourceType({
          resourceRef: environmentResourceRef,
          permissions: [dojoEnvironmentChangePermission],
          rules: Object.values(environmentRules),
          getResources: async names =>
            names.map(name =>
              dojo.environments.list().find(each => each.name === name),
            ),
        });
        registerAgentActions({
          registry,
          dojo,
          deliveries,
          runs,
          clock: { now: () => new Date() },
          appUrl: rootConfig.getOptionalString('app.baseUrl') ?? '',
        });
        // Before the routes that read bodies as JSON: a signature is of the bytes.
        httpRouter.use(
          createWebhookRouter({ deliveries, secrets: secretsIn(rootConfig) }),
        );
        httpRouter.addAuthPolicy({
          path: '/webhooks',
          allow: 'unauthenticated',
        });
        httpRouter.use(createRouter({ dojo, deliveries, httpAuth }));
      },
    });
  },
});

function secretsIn(config: RootConfigService) {
  try {
    return readWebhookSecrets(config);
  } catch (error) {
    throw toBackstageError(error);
  }
}
