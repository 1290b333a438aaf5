import { createApp } from '@backstage/frontend-defaults';
import { docsPlugin } from './modules/docs';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { titlesModule } from './modules/titles';

/** The portal: every plugin in package.json (`app.packages: all`), with its own menu, sign-in, docs and titles. */
export const app = createApp({
  features: [navModule, signInModule, titlesModule, docsPlugin],
});
