import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { localAuthenticator, localSignInResolver } from './localSignIn';

/**
 * The sign-in provider `guest`: Backstage's own, and beside its one user the others of this machine, as whom somebody
 * tries out what they may do. Where the guest is not on it signs nobody in.
 */
export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'guest-provider',
  register(env) {
    env.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        const guest = config.getOptionalConfig('auth.providers.guest');
        if (!guest) return;
        providers.registerProvider({
          providerId: 'guest',
          factory: createProxyAuthProviderFactory({
            authenticator: localAuthenticator,
            signInResolver: localSignInResolver(guest),
          }),
        });
      },
    });
  },
});
