import type { Delivery, DeliverySource } from '../delivery';
import { blockedAction, deliveryAction } from './delivery-action';
import { deliveryLine } from './delivery-commit';
import {
  deliveryEnvironment,
  imageDigest,
  unobservedEnvironment,
} from './delivery-environment';
import { deliveryRelease } from './delivery-release';
import { before, deliveryNow } from './delivery-time';
import { objectId } from './object-id';

/** An answer about a component that is set up. */
export type DeliveryAnswer = Extract<Delivery, { kind: 'delivery' }>;

/** A source that was read a moment ago. */
export function currentSource(id: string): DeliverySource {
  return { id, state: 'current', asOf: before(8, 's') };
}

const owner = { ref: 'user:default/owner', name: 'owner' };

/**
 * ledger on a bad day, as in the design's picture: 0.4.1 exits at start in staging, 0.4.0 waits for its merge into
 * production, and three commits wait for a release. `changes` replaces whole parts of it.
 */
export function ledgerDelivery(
  changes: Partial<DeliveryAnswer> = {},
): DeliveryAnswer {
  return {
    kind: 'delivery',
    component: 'component:default/ledger',
    title: 'ledger',
    generation: '41',
    now: deliveryNow,
    access: { change: true, logs: true, owner: 'group:default/accounting' },
    sources: [
      'repository',
      'infra',
      'registry',
      'forge',
      'tasks',
      'cluster:dev',
      'cluster:staging',
      'database:dev',
      'database:staging',
    ].map(currentSource),
    lines: [deliveryLine()],
    latest: deliveryRelease(),
    environments: [driftedDev(), downStaging(), waitingProduction()],
    running: [],
    attention: [
      {
        rank: 1,
        code: 'down',
        environment: 'staging',
        since: before(1, 'min'),
        sentence: 'staging is down: 0.4.1 exits at start (code 1, 2 restarts).',
        hint: '0.4.0 ran here until 14:02.',
        object: 'Pod/ledger-7d9c6-x2x9q',
        exitCode: 1,
        restarts: 2,
        log: ['ValueError: unknown time zone "Rome"'],
        action: 'roll-back',
        run: 'task:6f0c1a52-7c0f-4d0e-9a53-2b1f0d1f4f11',
      },
      {
        rank: 4,
        code: 'drift',
        environment: 'dev',
        since: before(3, 'min'),
        sentence: 'dev differs from git in 1 field.',
        hint: 'Deploy 0.4.1 to dev again, or change git.',
        action: 'deploy',
      },
    ],
    actions: ledgerActions(),
    ...changes,
  };
}

function ledgerActions(): DeliveryAnswer['actions'] {
  return [
    deliveryAction('release', 'Release 0.5.0…', {
      branch: 'main',
      version: '0.5.0',
    }),
    deliveryAction('ship', 'Ship 0.5.0 to dev…', {
      environment: 'dev',
      version: '0.5.0',
    }),
    deliveryAction('deploy', 'Deploy 0.4.1 to dev again…', {
      environment: 'dev',
      version: '0.4.1',
    }),
    deliveryAction('restore', 'Restore a backup of dev…', {
      environment: 'dev',
    }),
    deliveryAction('roll-back', 'Roll back to 0.4.0…', {
      environment: 'staging',
      version: '0.4.0',
    }),
    deliveryAction('reject', 'Reject 0.4.1…', { version: '0.4.1' }),
    blockedAction(
      'promote',
      'Promote 0.4.1 to production…',
      'staging is down.',
      { environment: 'production', version: '0.4.1' },
    ),
    deliveryAction('merge', 'Review and merge 0.4.0…', {
      environment: 'production',
      version: '0.4.0',
    }),
  ];
}

function driftedDev() {
  return deliveryEnvironment({
    name: 'dev',
    wanted: {
      kind: 'version',
      version: '0.4.1',
      digest: imageDigest('9f2c41'),
      base: objectId('1b77e0'),
      commit: objectId('d3f1'),
      at: before(16, 'min'),
      by: owner,
      change: 'version',
    },
    running: {
      kind: 'version',
      version: '0.4.1',
      digest: imageDigest('9f2c41'),
      since: before(16, 'min'),
      ready: 2,
      of: 2,
    },
    drift: {
      kind: 'drifted',
      fields: [
        {
          object: 'Deployment/ledger',
          field: 'replicas',
          wanted: '1',
          live: '2',
          manager: 'kubectl',
          at: before(3, 'min'),
        },
      ],
      omitted: 0,
    },
  });
}

function downStaging() {
  return deliveryEnvironment({
    name: 'staging',
    promotesFrom: 'dev',
    wanted: {
      kind: 'version',
      version: '0.4.1',
      digest: imageDigest('9f2c41'),
      base: objectId('1b77e0'),
      commit: objectId('5d20c18'),
      at: before(5, 'min'),
      by: owner,
      change: 'version',
    },
    running: { kind: 'nothing', since: before(1, 'min'), last: '0.4.0' },
    health: {
      kind: 'down',
      code: 'exits-at-start',
      sentence: '0.4.1 exits at start (code 1, 2 restarts).',
      since: before(1, 'min'),
    },
    afterMs: 660_000,
  });
}

function waitingProduction() {
  return unobservedEnvironment({
    name: 'production',
    promotesFrom: 'staging',
    mode: 'pull-request',
    approval: true,
    wanted: {
      kind: 'version',
      version: '0.3.0',
      digest: imageDigest('44ac10'),
      base: objectId('44ac10'),
      commit: objectId('8be1a02'),
      at: before(9, 'd'),
      by: owner,
      mergedBy: { ref: 'user:default/developer', name: 'developer' },
      change: 'rollback',
    },
    database: { kind: 'unknown', source: 'database:production' },
    waiting: {
      version: '0.4.0',
      kind: 'merge',
      since: before(2, 'h'),
      requestedBy: owner,
      url: 'https://forge.example/acme/infra/pulls/18',
      planHash: '7c1e93ab'.padEnd(64, '0'),
    },
    drift: { kind: 'unknown', source: 'cluster:production' },
    afterMs: 7_200_000,
    behind: { kind: 'behind', versions: 2, commits: 7 },
  });
}
