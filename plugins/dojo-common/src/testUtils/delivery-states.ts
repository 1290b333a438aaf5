import type { Delivery } from '../delivery';
import { deliveryAction, blockedAction } from './delivery-action';
import { deliveryLine, waitingCommit } from './delivery-commit';
import {
  deliveryEnvironment,
  emptyEnvironment,
  unobservedEnvironment,
} from './delivery-environment';
import { type DeliveryAnswer, ledgerDelivery } from './delivery-ledger';
import { deliveryRelease } from './delivery-release';
import { before } from './delivery-time';

/** ledger on a good day: 0.4.0 everywhere, nothing to release, nothing that needs anybody. */
export function healthyDelivery(
  changes: Partial<DeliveryAnswer> = {},
): DeliveryAnswer {
  return ledgerDelivery({
    generation: '40',
    lines: [
      deliveryLine({
        commits: [],
        count: 0,
        counting: 0,
        next: undefined,
        compareUrl: undefined,
      }),
    ].map(dropUndefined),
    latest: deliveryRelease({ version: '0.4.0', tag: 'v0.4.0' }),
    environments: [
      deliveryEnvironment({ name: 'dev' }),
      deliveryEnvironment({ name: 'staging', promotesFrom: 'dev' }),
      unobservedEnvironment({ name: 'production', promotesFrom: 'staging' }),
    ],
    attention: [],
    actions: [
      deliveryAction('roll-back', 'Roll back to 0.3.0…', {
        environment: 'staging',
        version: '0.3.0',
      }),
    ],
    ...changes,
  });
}

/** receipts before its first release: five commits, three empty environments. */
export function unreleasedDelivery(
  changes: Partial<DeliveryAnswer> = {},
): DeliveryAnswer {
  const blocked = (environment: string) =>
    blockedAction('deploy', `Deploy to ${environment}…`, 'Release it first.', {
      environment,
    });
  return ledgerDelivery({
    component: 'component:default/receipts',
    title: 'receipts',
    generation: '1',
    lines: [
      deliveryLine({
        commits: [
          waitingCommit('1a', 'feat: read a receipt', {
            level: 'minor',
            reason: 'feat',
          }),
          waitingCommit('2a', 'feat: keep a receipt', {
            level: 'minor',
            reason: 'feat',
          }),
          waitingCommit('3a', 'fix: rotate the picture'),
          waitingCommit('4a', 'docs: readme', {
            level: 'none',
            reason: 'docs does not count',
          }),
          waitingCommit('5a', 'Begin', {
            level: 'none',
            reason: 'not conventional',
          }),
        ],
        count: 5,
        counting: 3,
        next: {
          version: '0.1.0',
          level: 'minor',
          sentence: {
            code: 'next.first',
            values: { version: '0.1.0' },
            sentence: 'First release: 0.1.0',
          },
        },
        compareUrl: undefined,
      }),
    ].map(dropUndefined),
    latest: { kind: 'none' },
    environments: [
      emptyEnvironment({ name: 'dev' }),
      emptyEnvironment({ name: 'staging', promotesFrom: 'dev' }),
      emptyEnvironment({
        name: 'production',
        promotesFrom: 'staging',
        wanted: { kind: 'nothing' },
      }),
    ],
    attention: [],
    actions: [
      deliveryAction('release', 'Release 0.1.0…', {
        branch: 'main',
        version: '0.1.0',
      }),
      blocked('dev'),
      blocked('staging'),
      blocked('production'),
    ],
    ...changes,
  });
}

/** ledger as somebody sees it who may look and not touch: no verb, no log line. */
export function viewedDelivery(
  changes: Partial<DeliveryAnswer> = {},
): DeliveryAnswer {
  const { attention } = ledgerDelivery();
  return ledgerDelivery({
    access: { change: false, logs: false, owner: 'group:default/accounting' },
    attention: attention.map(({ log: _, ...rest }) => rest),
    actions: [],
    ...changes,
  });
}

/** ledger while the cluster of staging does not answer; its last facts stay. */
export function silentDelivery(
  changes: Partial<DeliveryAnswer> = {},
): DeliveryAnswer {
  const healthy = healthyDelivery();
  return healthyDelivery({
    sources: healthy.sources.map(source =>
      source.id === 'cluster:staging'
        ? {
            ...source,
            state: 'late',
            asOf: before(2, 'min'),
            error: {
              code: 'CLUSTER_UNREACHABLE',
              message: 'connection refused',
              hint: 'Is its API server running?',
            },
          }
        : source,
    ),
    actions: [
      blockedAction(
        'deploy',
        'Deploy 0.4.0 to staging again…',
        "staging's cluster does not answer.",
        { environment: 'staging', version: '0.4.0' },
      ),
    ],
    ...changes,
  });
}

/** A component without a repository. */
export function notSetUpDelivery(): Delivery {
  return {
    kind: 'not-set-up',
    missing: ['repository'],
    yaml: [
      'metadata:',
      '  annotations:',
      '    dojo/repository: https://forge.example/acme/plain.git',
    ].join('\n'),
  };
}

/** Without the keys that are `undefined`: in JSON there are none. */
function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as T;
}
