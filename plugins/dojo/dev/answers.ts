import type {
  Deliveries,
  Delivery,
  DeliveryHistory,
  DeliveryMeasures,
} from 'backstage-plugin-dojo-common';
import {
  deliveriesPage,
  deliveryEnvironment,
  deliveryMeasures,
  deliveryNow,
  environmentMeasures,
  healthyDelivery,
  ledgerDelivery,
  ledgerHistory,
  notSetUpDelivery,
  silentDelivery,
  unobservedEnvironment,
  unreleasedDelivery,
  viewedDelivery,
} from 'backstage-plugin-dojo-common/testUtils';

/** The answers that the page can be looked at with: `?state=<name>`. */
export const deliveries: Record<string, () => Delivery> = {
  ledger: ledgerDelivery,
  healthy: healthyDelivery,
  unreleased: unreleasedDelivery,
  viewed: viewedDelivery,
  silent: silentDelivery,
  'not-set-up': notSetUpDelivery,
  many: () =>
    healthyDelivery({
      environments: [
        deliveryEnvironment({ name: 'dev' }),
        deliveryEnvironment({ name: 'staging', promotesFrom: 'dev' }),
        unobservedEnvironment({ name: 'production', promotesFrom: 'staging' }),
        unobservedEnvironment({
          name: 'production-us',
          promotesFrom: 'staging',
        }),
      ],
    }),
};

/** What the backend would answer to a path below `/api/dojo`, as if it were of now. */
export function answerOf(state: string, path: string): unknown {
  const answer = answerBefore(state, new URL(path, 'http://dojo.invalid'));
  const late = Date.now() - Date.parse(deliveryNow);
  return JSON.parse(
    JSON.stringify(answer ?? null).replace(
      /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g,
      instant => new Date(Date.parse(instant) + late).toISOString(),
    ),
  );
}

function answerBefore(
  state: string,
  { pathname, searchParams }: URL,
): Delivery | DeliveryHistory | DeliveryMeasures | Deliveries | unknown {
  if (pathname.endsWith('/delivery')) return deliveries[state]?.();
  if (pathname.endsWith('/history')) return historyOf(state, searchParams);
  if (pathname.endsWith('/measures')) return measuresOf(state, searchParams);
  if (pathname.endsWith('/deliveries')) return deliveriesPage();
  if (pathname.endsWith('/log'))
    return { lines: ['Traceback', 'ValueError: unknown time zone "Rome"'] };
  if (pathname.endsWith('/refresh')) return { generation: '42' };
  return {
    kind: 'in',
    release: '0.4.0',
    sentence:
      '#29 is in 0.4.0: in staging since 09:12, landed in production 10:41 (not observed there).',
    environments: [
      { name: 'dev', contains: true },
      { name: 'staging', contains: true },
      { name: 'production', contains: 'unknown' },
    ],
    url: 'https://forge.example/acme/ledger/pulls/29',
  };
}

function historyOf(state: string, query: URLSearchParams): DeliveryHistory {
  if (state === 'unreleased') return { entries: [] };
  const { entries } = ledgerHistory();
  const kind = query.get('kind');
  const environment = query.get('environment');
  return {
    entries: entries.filter(
      entry =>
        (!kind || entry.kind === kind) &&
        (!environment ||
          ('environment' in entry && entry.environment === environment)),
    ),
    next: query.get('cursor') ? undefined : 'more',
  };
}

function measuresOf(state: string, query: URLSearchParams): DeliveryMeasures {
  const days = query.get('days') === '90' ? 90 : 30;
  if (state === 'unreleased') {
    const none = environmentMeasures({ days });
    none.deployments = {
      ...none.deployments,
      count: 0,
      rollbacks: 0,
      configuration: 0,
    };
    return deliveryMeasures([none]);
  }
  const names =
    state === 'many' ? ['production', 'production-us'] : ['production'];
  return deliveryMeasures(
    names.map(environment => environmentMeasures({ days, environment })),
  );
}
