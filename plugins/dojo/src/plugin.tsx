import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiRocketLine } from '@remixicon/react';
import { deployMenuItem } from './deployMenuItem';
import { migrateMenuItem } from './migrateMenuItem';
import { rebuildCachesMenuItem } from './rebuildCachesMenuItem';
import { releaseMenuItem } from './releaseMenuItem';
import { restoreBackupMenuItem } from './restoreBackupMenuItem';
import { shipMenuItem } from './shipMenuItem';
import { templateRouteRef } from './routes';

/** Delivery of a component, from its entity page. @public */
export const dojoPlugin = createFrontendPlugin({
  pluginId: 'dojo',
  title: 'Dojo',
  icon: <RiRocketLine />,
  info: { packageJson: () => import('../package.json') },
  externalRoutes: { template: templateRouteRef },
  extensions: [
    shipMenuItem,
    releaseMenuItem,
    migrateMenuItem,
    deployMenuItem,
    restoreBackupMenuItem,
    rebuildCachesMenuItem,
  ],
});
