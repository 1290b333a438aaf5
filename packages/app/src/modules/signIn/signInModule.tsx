import { ProxiedSignInPage } from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { z } from 'zod';

/**
 * Signs in without a click, so that deep links and reloads just open: as the guest on embedded defaults, elsewhere as
 * whom the reverse proxy names (`app.extensions: [{ sign-in-page:app: { config: { provider: oauth2Proxy } } }]`).
 */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.makeWithOverrides({
      configSchema: { provider: z.string().default('guest') },
      factory: (make, { config }) =>
        make({
          loader: async () => props =>
            <ProxiedSignInPage {...props} provider={config.provider} />,
        }),
    }),
  ],
});
