import type { Deliveries, DeliveryRow } from '../delivery';
import { currentSource } from './delivery-ledger';
import { before, deliveryNow } from './delivery-time';

/** A component where everything is healthy. */
export function deliveryRow(
  name: string,
  changes: Partial<DeliveryRow> = {},
): DeliveryRow {
  return {
    component: `component:default/${name}`,
    title: name,
    owner: 'group:default/accounting',
    latest: { version: '0.4.0', at: before(2, 'd') },
    unreleased: { count: 0 },
    environments: ['dev', 'staging', 'production'].map(environment => ({
      name: environment,
      version: '0.4.0',
      health: environment === 'production' ? 'not-observed' : 'healthy',
      pending: false,
      drift: false,
      waiting: false,
      at: before(1, 'd'),
    })),
    asOf: before(8, 's'),
    ...changes,
  };
}

/** ledger as in {@link ledgerDelivery}: staging is down, production waits. */
export function ledgerRow(changes: Partial<DeliveryRow> = {}): DeliveryRow {
  return deliveryRow('ledger', {
    latest: { version: '0.4.1', at: before(20, 'min') },
    unreleased: { count: 3, next: '0.5.0' },
    environments: [
      {
        name: 'dev',
        version: '0.4.1',
        health: 'healthy',
        pending: false,
        drift: true,
        waiting: false,
        at: before(16, 'min'),
      },
      {
        name: 'staging',
        version: '0.4.1',
        health: 'down',
        pending: false,
        drift: false,
        waiting: false,
        at: before(5, 'min'),
      },
      {
        name: 'production',
        version: '0.3.0',
        health: 'not-observed',
        pending: false,
        drift: false,
        waiting: true,
        at: before(9, 'd'),
      },
    ],
    attention: {
      rank: 1,
      sentence: 'staging is down: 0.4.1 exits at start',
      environment: 'staging',
    },
    ...changes,
  });
}

/** A page of the list: ledger on a bad day, then two healthy components. */
export function deliveriesPage(changes: Partial<Deliveries> = {}): Deliveries {
  const rows = changes.rows ?? [
    ledgerRow(),
    deliveryRow('receipts'),
    deliveryRow('shop'),
  ];
  return {
    generation: '41',
    now: deliveryNow,
    rows,
    total: rows.length,
    counts: {
      attention: rows.filter(row => row.attention).length,
      drifted: 1,
      pending: 0,
      waiting: 1,
      behind: 1,
      unreleased: 1,
      unfinished: 0,
      late: 0,
    },
    sources: ['repository', 'infra', 'cluster:staging'].map(currentSource),
    ownsAny: true,
    ...changes,
  };
}
