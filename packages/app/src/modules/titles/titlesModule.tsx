import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { RouteTitle } from './RouteTitle';

/** Titles of pages that have none of their own. */
export const titlesModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    AppRootElementBlueprint.make({
      name: 'route-title',
      params: { element: <RouteTitle /> },
    }),
  ],
});
