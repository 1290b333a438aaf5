import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { dojoPermissions } from 'backstage-plugin-dojo-common/permissions';
import { dojoServiceRef } from 'backstage-plugin-dojo-node';
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
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ dojo, httpAuth, httpRouter, permissionsRegistry }) {
        permissionsRegistry.addPermissions(dojoPermissions);
        httpRouter.use(createRouter({ dojo, httpAuth }));
      },
    });
  },
});
