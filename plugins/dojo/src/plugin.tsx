import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiRocketLine } from '@remixicon/react';
import { deliveriesPage } from './deliveries/deliveriesExtension';
import { deliveryContent } from './delivery/deliveryContent';
import { deployMenuItem } from './deployMenuItem';
import {
  deployIconLink,
  migrateIconLink,
  releaseIconLink,
} from './iconLinks/iconLinks';
import { migrateMenuItem } from './migrateMenuItem';
import { overviewCard } from './overview/overviewCard';
import { rebuildCachesMenuItem } from './rebuildCachesMenuItem';
import { releaseMenuItem } from './releaseMenuItem';
import { restoreBackupMenuItem } from './restoreBackupMenuItem';
import { shipMenuItem } from './shipMenuItem';
import { deliveriesRouteRef, taskRouteRef, templateRouteRef } from './routes';

/** Delivery of a component, from its entity page. @public */
export const dojoPlugin = createFrontendPlugin({
  pluginId: 'dojo',
  title: 'Dojo',
  icon: <RiRocketLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { deliveries: deliveriesRouteRef },
  externalRoutes: { template: templateRouteRef, task: taskRouteRef },
  extensions: [
    deliveriesPage,
    deliveryContent,
    overviewCard,
    releaseIconLink,
    deployIconLink,
    migrateIconLink,
    shipMenuItem,
    releaseMenuItem,
    migrateMenuItem,
    deployMenuItem,
    restoreBackupMenuItem,
    rebuildCachesMenuItem,
  ],
});
