import {
  actionsRegistryServiceMock,
  MockActionsRegistry,
} from '@backstage/backend-test-utils/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoError } from 'backstage-plugin-dojo-common';
import {
  ledgerDelivery,
  ledgerHistory,
  plannedDeployment,
  plannedMigration,
  plannedRelease,
} from 'backstage-plugin-dojo-common/testUtils';
import { type ShownPlan, toBackstageError } from 'backstage-plugin-dojo-node';
import { registerAgentActions } from './index';

const component = 'component:default/ledger';
const planHash = 'a'.repeat(64);
const started = {
  id: 'task:11111111-2222-4333-8444-555555555555',
  url: 'http://localhost/create/tasks/1',
  state: 'queued' as const,
  pollAfterMs: 1_000,
};

function register() {
  const registry = actionsRegistryServiceMock() as MockActionsRegistry;
  const dojo = {
    releases: {
      plan: jest.fn(async () => plannedRelease()),
      release: jest.fn(),
    },
    migrations: {
      plan: jest.fn(async () => plannedMigration()),
      migrate: jest.fn(),
      startRehearsal: jest.fn(),
    },
    deployments: {
      plan: jest.fn(async () => plannedDeployment()),
      deploy: jest.fn(),
    },
    environments: {
      list: jest.fn(() => [
        { name: 'dev', migrates: true, deploys: true, mode: 'commit' as const },
        {
          name: 'production',
          migrates: false,
          deploys: true,
          promotesFrom: 'dev',
          approval: true,
          mode: 'pull-request' as const,
          cluster: 'eu',
        },
      ]),
      freezeOf: jest.fn((name: string) =>
        name === 'production' ? { sentence: 'Frozen until Mon' } : undefined,
      ),
    },
  };
  const deliveries = {
    get: jest.fn(async () => ({ delivery: ledgerDelivery(), etag: '"1"' })),
    history: jest.fn(async () => ledgerHistory()),
    measures: jest.fn(),
  };
  const runs = {
    shown: jest.fn(async (_plan: ShownPlan) => {}),
    start: jest.fn(async () => started),
    follow: jest.fn(),
  };
  registerAgentActions({
    registry,
    dojo: dojo as never,
    deliveries,
    runs,
    clock: { now: () => new Date('2026-11-30T12:00:00.000Z') },
    appUrl: 'http://localhost:7007/',
  });
  const credentials = mockCredentials.user('user:default/owner');
  const invoke = async (name: string, input: object) => {
    const { output } = await registry.invoke({
      id: `test:${name}`,
      input: input as never,
      credentials,
    });
    return output as Record<string, never>;
  };
  return { registry, dojo, deliveries, runs, invoke, credentials };
}

describe('the actions for agents', () => {
  it('are nine; each says in full what it does to its surroundings', async () => {
    const { registry } = register();
    const { actions } = await registry.list();
    expect(
      Object.fromEntries(
        actions.map(({ name, attributes }) => [name, attributes]),
      ),
    ).toEqual(
      Object.fromEntries([
        ...[
          'list-environments',
          'get-delivery',
          'get-operation',
          'plan-release',
          'plan-migration',
          'plan-deployment',
        ].map(name => [
          name,
          { readOnly: true, destructive: false, idempotent: true },
        ]),
        ...['start-release', 'start-migration', 'start-deployment'].map(
          name => [
            name,
            { readOnly: false, destructive: true, idempotent: true },
          ],
        ),
      ]),
    );
  });

  it('list the environments with their freezes', async () => {
    const { invoke } = register();
    await expect(invoke('list-environments', {})).resolves.toEqual({
      environments: [
        { name: 'dev', approval: false, observed: false, mode: 'commit' },
        {
          name: 'production',
          approval: true,
          observed: true,
          mode: 'pull-request',
          promotesFrom: 'dev',
          frozen: { sentence: 'Frozen until Mon' },
        },
      ],
    });
  });

  it('give the delivery without what only a page needs, small enough', async () => {
    const { invoke, deliveries, credentials } = register();
    const answer = await invoke('get-delivery', { component, history: 20 });
    const text = JSON.stringify(answer);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(25_000);
    expect(text).not.toMatch(/"formData"|"log":|"yaml"/);
    expect(answer.history).not.toHaveLength(0);
    expect(deliveries.get).toHaveBeenCalledWith({ component }, { credentials });
  });

  it('plan a release: the hash that a start needs, and the page of the same plan', async () => {
    const { invoke, dojo, credentials } = register();
    const answer = await invoke('plan-release', { component, bump: 'minor' });
    const { planHash: hash, version, plan } = plannedRelease();
    expect(answer).toMatchObject({
      planHash: hash,
      version,
      sentence: plan.shows.reason,
      reviewUrl: `http://localhost:7007/create/templates/default/release?${new URLSearchParams(
        { formData: JSON.stringify({ component, bump: 'minor' }) },
      )}`,
    });
    expect(dojo.releases.plan).toHaveBeenCalledWith(
      { component, choices: { bump: 'minor' } },
      { credentials, signal: expect.any(AbortSignal) },
    );
  });

  it('plan a migration with its SQL, and a deployment with its difference', async () => {
    const { invoke } = register();
    const migration = await invoke('plan-migration', {
      component,
      environment: 'dev',
    });
    expect(migration.pending).toEqual(
      plannedMigration().plan.shows.migrations.map(({ id, sql, breaking }) => ({
        id,
        sql,
        breaking,
      })),
    );
    const deployment = await invoke('plan-deployment', {
      component,
      environment: 'dev',
      version: 'v0.3.0',
    });
    expect(deployment).toMatchObject({ landsBy: 'commit' });
    expect(deployment.diff).toMatch(/^--- .+\n\+\+\+ .+\n/);
  });

  it('keep of each plan what its start says of it', async () => {
    const { invoke, runs } = register();
    const environment = 'dev';
    await invoke('plan-release', { component });
    await invoke('plan-migration', { component, environment });
    const version = 'v0.3.0';
    await invoke('plan-deployment', { component, environment, version });
    expect(runs.shown.mock.calls).toEqual([
      [{ verb: 'release', component, result: plannedRelease() }],
      [
        {
          verb: 'migration',
          component,
          environment,
          result: plannedMigration(),
        },
      ],
      [
        {
          verb: 'deployment',
          component,
          environment,
          result: plannedDeployment(),
        },
      ],
    ]);
  });

  it('start the page’s template with the plan’s hash, and nothing without it', async () => {
    const { invoke, runs, credentials } = register();
    await expect(
      invoke('start-release', { component, planHash }),
    ).resolves.toEqual(started);
    expect(runs.start).toHaveBeenCalledWith(
      { verb: 'release', component, planHash },
      { credentials },
    );
    for (const input of [{ component }, { component, planHash: 'old' }]) {
      await expect(invoke('start-release', input)).rejects.toThrow(/planHash/);
    }
    await expect(
      invoke('start-release', { component, planHash, force: true }),
    ).rejects.toThrow(/force/);
    expect(runs.start).toHaveBeenCalledTimes(1);
  });

  const refusal = (code: string, kind: string, message: string) =>
    toBackstageError(
      new DojoError({
        code: code as never,
        kind: kind as never,
        message,
        hint: 'Plan again.',
      }),
    );

  it.each([
    [
      refusal('PERMISSION_DENIED', 'denied', 'the permission x is not granted'),
      'NotAllowedError',
      'You may not release ledger (DENIED) — Ask an owner of the component.',
    ],
    [
      refusal('PLAN_CHANGED', 'conflict', 'The plan changed since your review'),
      'ConflictError',
      'The plan changed since your review (PLAN_CHANGED) — Plan again.',
    ],
    [
      refusal('DEPLOY_FROZEN', 'refused', 'production is frozen.'),
      'ConflictError',
      'production is frozen (FROZEN) — Plan again.',
    ],
    [
      refusal('ENVIRONMENT_NOT_FOUND', 'not-found', 'prod is not one of dev'),
      'NotFoundError',
      'prod is not one of dev (NOT_FOUND) — Plan again.',
    ],
    [
      refusal('GIT_UNREACHABLE', 'unavailable', 'git does not answer'),
      'ServiceUnavailableError',
      'git does not answer (UNAVAILABLE) — Plan again.',
    ],
  ])(
    'tell an agent what is wrong, as it knows it: %s',
    async (error, name, message) => {
      const { invoke, runs } = register();
      runs.start.mockRejectedValue(error as never);
      await expect(
        invoke('start-release', { component, planHash }),
      ).rejects.toMatchObject({ name, message });
    },
  );

  it('do not hide a failure that is not theirs', async () => {
    const { invoke, runs } = register();
    const error = new Error('boom');
    runs.start.mockRejectedValue(error as never);
    await expect(
      invoke('start-release', { component, planHash }),
    ).rejects.toThrow('boom');
  });
});
