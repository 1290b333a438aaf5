import type { Delivery } from 'backstage-plugin-dojo-common';

/** The answer about a component that is set up. */
export type DeliveryAnswer = Extract<Delivery, { kind: 'delivery' }>;
