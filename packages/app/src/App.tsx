import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

/** The portal: every plugin in package.json (`app.packages: all`), with its own menu and sign-in. */
export const app = createApp({ features: [navModule, signInModule] });
