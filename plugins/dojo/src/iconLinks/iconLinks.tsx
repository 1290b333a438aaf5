import { RiDatabase2Line, RiRocketLine, RiShip2Line } from '@remixicon/react';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { makeDeliveryIconLink } from './deliveryIconLink';

/** "Release" in the About card. */
export const releaseIconLink = makeDeliveryIconLink({
  name: 'release',
  icon: <RiRocketLine />,
  actions: ['release'],
  annotation: dojoAnnotations.repository,
});

/** "Deploy" in the About card: to the first environment where that can be done. */
export const deployIconLink = makeDeliveryIconLink({
  name: 'deploy',
  icon: <RiShip2Line />,
  actions: ['deploy', 'promote'],
  annotation: dojoAnnotations.repository,
});

/** "Migrate" in the About card: the first database that has something to do. */
export const migrateIconLink = makeDeliveryIconLink({
  name: 'migrate',
  icon: <RiDatabase2Line />,
  actions: ['migrate'],
  annotation: dojoAnnotations.migrations,
});
