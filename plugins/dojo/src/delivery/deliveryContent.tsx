import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';

/** The tab "Delivery" of a component: what is wanted, runs and waits, and what to do about it. */
export const deliveryContent = EntityContentBlueprint.make({
  name: 'delivery',
  params: {
    path: '/delivery',
    title: 'Delivery',
    filter: { kind: 'component' },
    loader: () =>
      import('./DeliveryTab').then(({ DeliveryTab }) => <DeliveryTab />),
  },
});
