import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiBookOpenLine } from '@remixicon/react';

const docsRouteRef = createRouteRef();

/** The portal's own documentation, from the Markdown that TechDocs would take (docs/adr/0014-docs-without-a-builder.md). */
export const docsPlugin = createFrontendPlugin({
  pluginId: 'docs',
  routes: { root: docsRouteRef },
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/docs',
        title: 'Docs',
        icon: <RiBookOpenLine />,
        routeRef: docsRouteRef,
        loader: async () => {
          const { DocsPage } = await import('./DocsPage');
          return <DocsPage />;
        },
      },
    }),
  ],
});
