import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { isGuestOn } from './isGuestOn';

/**
 * Allows everything while the guest is on, who is alone on this machine. Elsewhere it is no policy: a portal that more
 * than one person can reach does not start before somebody has said who may what.
 */
export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'guest-policy',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        if (!isGuestOn(config)) return;
        policy.setPolicy({
          handle: async () => ({ result: AuthorizeResult.ALLOW }),
        });
      },
    });
  },
});
