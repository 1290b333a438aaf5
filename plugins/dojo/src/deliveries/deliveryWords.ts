import type {
  DeliveryFlag,
  DeliveryHealthKind,
} from 'backstage-plugin-dojo-common';
import type { DeliveriesSort } from './deliveriesView';

/** Keys of the words of what rows are filtered by, in the order in which they are offered. */
export const flagKeys = {
  drifted: 'deliveries.flags.drifted',
  pending: 'deliveries.flags.pending',
  waiting: 'deliveries.flags.waiting',
  behind: 'deliveries.flags.behind',
  unreleased: 'deliveries.flags.unreleased',
  unfinished: 'deliveries.flags.unfinished',
  late: 'deliveries.flags.late',
} as const satisfies Record<DeliveryFlag, string>;

/** What an environment can be, worst first; the words are the kit's. */
export const healthKinds: readonly DeliveryHealthKind[] = [
  'down',
  'failed',
  'unknown',
  'rolling-out',
  'stopped',
  'healthy',
  'not-observed',
  'not-deployed',
];

/** Keys of the words of what rows are sorted by. */
export const sortKeys = {
  attention: 'deliveries.sorts.attention',
  name: 'deliveries.sorts.name',
  released: 'deliveries.sorts.released',
  deployed: 'deliveries.sorts.deployed',
} as const satisfies Record<DeliveriesSort, string>;
