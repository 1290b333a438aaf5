import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  dojoEnvironmentChangePermission,
  dojoPermissions,
  dojoServiceCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';
import { dojoDeliveriesRef, dojoServiceRef } from 'backstage-plugin-dojo-node';
import { environmentResourceRef, environmentRules } from './environmentRules';
import { createRouter } from './router';

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
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({
        dojo,
        deliveries,
        httpAuth,
        httpRouter,
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
        httpRouter.use(createRouter({ dojo, deliveries, httpAuth }));
      },
    });
  },
});
