import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { isGuestOn } from '../guest/isGuestOn';
import { localUsersOf } from '../guest/localUsers';
import { ExamplePolicy } from './ExamplePolicy';

/**
 * The policy while the guest is on: the example where somebody may be another user too, so that it shows what each may;
 * everything is allowed to a guest who is the only user. Elsewhere it is no policy: a portal that more than one person
 * can reach does not start before somebody has said who may what.
 */
export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'guest-policy',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        if (!isGuestOn(config)) return;
        const users = localUsersOf(config.getConfig('auth.providers.guest'));
        policy.setPolicy(
          users.all.size > 1
            ? new ExamplePolicy()
            : { handle: async () => ({ result: AuthorizeResult.ALLOW }) },
        );
      },
    });
  },
});
