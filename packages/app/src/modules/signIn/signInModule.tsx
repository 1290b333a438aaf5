import { ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  createFrontendModule,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  type SignInPageProps,
} from '@backstage/plugin-app-react';
import { useState } from 'react';
import { z } from 'zod';
import { signInHeaders } from './localUser';

/**
 * Signs in without a click, so that deep links and reloads just open: as the guest on embedded defaults, or as the user
 * of this machine that was chosen instead (`SignInAs`); elsewhere as whom the reverse proxy names
 * (`app.extensions: [{ sign-in-page:app: { config: { provider: oauth2Proxy } } }]`).
 */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.makeWithOverrides({
      configSchema: { provider: z.string().default('guest') },
      factory: (make, { config }) =>
        make({
          loader: async () => props =>
            <SignInPage {...props} provider={config.provider} />,
        }),
    }),
  ],
});

function SignInPage(props: SignInPageProps & { readonly provider: string }) {
  const config = useApi(configApiRef);
  // One page has one user: what another tab chooses meanwhile holds from the next page on.
  const [headers] = useState(() =>
    props.provider === 'guest'
      ? signInHeaders(config, window.localStorage)
      : {},
  );
  return <ProxiedSignInPage {...props} headers={headers} />;
}
