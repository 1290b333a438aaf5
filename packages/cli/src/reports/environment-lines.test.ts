import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';
import {
  autoscaledReplicas,
  before,
  currentSource,
  deliveryEnvironment,
  deliveryNow,
  emptyEnvironment,
  imageDigest,
} from 'backstage-plugin-dojo-common/testUtils';
import { environmentLines } from './environment-lines';

const lines = (changes: Partial<DeliveryEnvironment>) =>
  environmentLines(
    deliveryEnvironment(changes),
    [
      currentSource('cluster:dev'),
      {
        id: 'database:dev',
        state: 'failed',
        error: { code: 'X', message: 'somebody has it open', hint: 'Wait.' },
      },
    ],
    new Date(deliveryNow),
  );
const level = (
  changes: Partial<Extract<DeliveryEnvironment['database'], { kind: 'level' }>>,
) => ({
  database: {
    kind: 'level' as const,
    at: '0015_reconciliation',
    pending: [],
    breakingPending: false,
    ahead: false,
    ...changes,
  },
});
const part = (version: string) => ({
  version,
  digest: imageDigest('9f2c41'),
  since: before(1, 'min'),
  ready: 1,
  of: 2,
});

describe('environmentLines', () => {
  it.each<[string, Partial<DeliveryEnvironment>, string]>([
    ['its title', { title: 'Development' }, 'Development: ● Healthy, 0.4.0'],
    [
      'why it is rolling out',
      { health: { kind: 'rolling-out', sentence: 'pulling the image.' } },
      'dev: ◐ Rolling out: pulling the image, 0.4.0',
    ],
    [
      'both versions of a rollout',
      { running: { kind: 'mixed', parts: [part('0.3.0'), part('0.4.0')] } },
      'dev: ● Healthy, 0.3.0 and 0.4.0',
    ],
    [
      'that nothing is known',
      {
        health: { kind: 'unknown', source: 'cluster:dev' },
        running: { kind: 'unknown', source: 'cluster:dev' },
      },
      'dev: ? Unknown, version unknown',
    ],
  ])('tells %s in the first line', (_, changes, expected) => {
    expect(lines(changes)[0]).toBe(expected);
  });

  it.each<[string, Partial<DeliveryEnvironment>, string]>([
    [
      'how many are ready',
      { running: { kind: 'version', ...part('0.4.0') } },
      '1 of 2 ready',
    ],
    [
      'an overlay that cannot be read',
      {
        wanted: {
          kind: 'unreadable',
          path: 'kustomization.yaml',
          sentence: "dev's overlay cannot be read.",
          commit: '8'.repeat(40),
        },
      },
      "dev's overlay cannot be read.",
    ],
    [
      'that what git wants is unknown',
      { wanted: { kind: 'unknown', source: 'infra' } },
      'What git wants is unknown',
    ],
    [
      'migrations that wait',
      level({
        needs: '0017_tags',
        pending: ['0016_rates', '0017_tags'],
        breakingPending: true,
      }),
      'Database 0015, 0.4.0 needs 0017: 2 migrations pending, breaking',
    ],
    [
      'what the next version needs',
      level({ next: { version: '0.5.0', needs: '0016_rates', pending: 1 } }),
      'Database 0015, 0.5.0 needs 0016: 1 migration pending',
    ],
    [
      'a database that is ahead',
      level({ ahead: true }),
      'Database 0015, newer than 0.4.0 knows',
    ],
    [
      'a level that a version proves',
      level({ at: 'empty', provenBy: '0.4.0' }),
      'Database empty, or later: 0.4.0 was ready with it',
    ],
    [
      'a migration that runs',
      { database: { kind: 'migrating', run: 'task:1' } },
      'The database is being migrated',
    ],
    [
      'why the database is unknown',
      { database: { kind: 'unknown', source: 'database:dev' } },
      'Database unknown: somebody has it open',
    ],
    [
      'a change that waits for its controller',
      {
        waiting: {
          kind: 'controller',
          version: '0.4.0',
          since: before(2, 'h'),
        },
      },
      '⏳ 0.4.0 waits for its controller since it landed 12:03',
    ],
    [
      'that its source went on',
      {
        waiting: {
          kind: 'merge',
          version: '0.4.0',
          since: before(2, 'h'),
          outdated: { source: 'staging', version: '0.4.1' },
        },
      },
      '  staging now runs 0.4.1. This change still brings 0.4.0.',
    ],
    [
      'a freeze',
      { frozen: { sentence: 'dev is frozen until Mon 08:00.' } },
      '❄ dev is frozen until Mon 08:00.',
    ],
    [
      'what is left to the autoscaler',
      { drift: { kind: 'none', leftAlone: [autoscaledReplicas] } },
      'replicas belongs to the autoscaler; it is left alone.',
    ],
    [
      'all fields that differ, by each manager',
      {
        drift: {
          kind: 'drifted',
          fields: ['replicas', 'image'].map(field => ({
            object: 'Deployment/ledger',
            field,
            wanted: '1',
            live: '2',
            manager: field === 'image' ? 'argocd' : 'kubectl',
          })),
          omitted: 2,
        },
      },
      '≠ Drifted: 4 fields differ from git: Deployment/ledger replicas 2 instead of 1, image 2 instead of 1, and 2 more, changed by kubectl and argocd.',
    ],
  ])('tells %s', (_, changes, expected) => {
    expect(lines(changes)).toContain(`  ${expected}`);
  });

  it('says who removed an overlay, and when', () => {
    const removed = {
      commit: '8'.repeat(40),
      at: before(1, 'min'),
      by: { ref: 'user:default/guest', name: 'user:default/guest' },
    };
    expect(
      environmentLines(
        emptyEnvironment({ wanted: { kind: 'nothing', removed } }),
        [],
        new Date(deliveryNow),
      ),
    ).toContain('  Its overlay was removed by guest 14:02');
  });
});
