import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiTruckLine } from '@remixicon/react';
import { z } from 'zod/v4';
import { deliveriesRouteRef } from '../routes';
import { deliveryColumnNames } from './deliveryColumns';

/** "Deliveries": every component with its environments, in the menu of the portal. */
export const deliveriesPage = PageBlueprint.makeWithOverrides({
  name: 'deliveries',
  configSchema: {
    /** The columns beside the component's own, in this order. */
    columns: z
      .array(z.enum(deliveryColumnNames))
      .default(['owner', 'unreleased', 'environments']),
    /** Rows of a page. */
    pageSize: z.number().int().min(1).max(100).default(50),
  },
  factory(originalFactory, { config }) {
    return originalFactory({
      path: '/deliveries',
      title: 'Deliveries',
      icon: <RiTruckLine />,
      routeRef: deliveriesRouteRef,
      loader: async () => {
        const { DeliveriesPage } = await import('./DeliveriesPage');
        return (
          <DeliveriesPage columns={config.columns} pageSize={config.pageSize} />
        );
      },
    });
  },
});
