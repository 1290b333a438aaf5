import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import searchPlugin from '@backstage/plugin-search/alpha';
import { screen, within } from '@testing-library/react';
import { navModule } from './navModule';

const page = (pluginId: string, title: string, name?: string) =>
  createFrontendPlugin({
    pluginId,
    extensions: [
      PageBlueprint.make({
        name,
        params: {
          path: `/${pluginId}`,
          title,
          icon: <svg />,
          routeRef: createRouteRef(),
          loader: async () => <p>{title}</p>,
        },
      }),
    ],
  });

describe('PortalSidebar', () => {
  describe('when several plugins bring pages', () => {
    it('shows the way home, then catalog, deliveries and create, the others by title, settings last', async () => {
      renderTestApp({
        features: [
          navModule,
          searchPlugin,
          page('user-settings', 'Settings'),
          page('zoo', 'Animals'),
          page('scaffolder', 'Create'),
          page('catalog', 'Catalog'),
          page('dojo', 'Deliveries', 'deliveries'),
        ],
      });

      const nav = within(await screen.findByTestId('sidebar-root'));
      expect(
        nav
          .getAllByRole('link')
          .map(link => link.getAttribute('aria-label') ?? link.textContent),
      ).toEqual([
        'Dojo Portal',
        'Catalog',
        'Deliveries',
        'Create',
        'Animals',
        'Settings',
      ]);
    });
  });
});
