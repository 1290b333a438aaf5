import type {
  LogEvent,
  ScaffolderTask,
} from '@backstage/plugin-scaffolder-common';
import { startDeliveries } from '../__testUtils__/startDeliveries';
import type { TaskFacts } from '../sources/storedShapes';

const ledger = 'component:default/ledger';

function task(
  id: string,
  status: ScaffolderTask['status'],
  more: { action?: string; parameters?: object; user?: object } = {},
): ScaffolderTask {
  return {
    id,
    status,
    createdAt: '2026-11-29T11:59:00.000Z',
    lastHeartbeatAt: '2026-11-29T11:59:30.000Z',
    spec: {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      parameters: {
        component: 'ledger',
        environment: 'dev',
        version: '0.4.0',
        ...more.parameters,
      },
      steps: [
        {
          id: 'deploy',
          name: 'Deploy',
          action: more.action ?? 'dojo:deploy-overlay',
        },
      ],
      user: { ref: 'user:default/ada', ...more.user },
    } as unknown as ScaffolderTask['spec'],
  };
}

const line = (body: object, type: 'log' | 'completion' = 'log') =>
  ({ id: '1', taskId: 'x', createdAt: '', type, body } as unknown as LogEvent);

async function start(
  tasks: ScaffolderTask[],
  logs: LogEvent[] = [],
  agentTasks?: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
) {
  const getLogs = jest.fn(async () => logs);
  const world = await startDeliveries({
    ...(agentTasks && { agentTasks }),
    scaffolder: {
      listTasks: async ({ status }) => {
        const items = tasks.filter(each =>
          [status].flat().includes(each.status),
        );
        return { items, totalItems: items.length };
      },
      getLogs,
    },
  });
  await world.entities.read(world.signal);
  const factsOf = async () =>
    (await world.index.facts(ledger)).find(({ source }) => source === 'tasks')
      ?.facts as TaskFacts | undefined;
  return { ...world, getLogs, factsOf };
}

describe('RunReading', () => {
  it('tells of what runs: who, what, where and which step', async () => {
    const world = await start(
      [task('1', 'processing')],
      [line({ message: 'go', stepId: 'deploy' })],
    );
    await world.refresher.readRuns();
    await expect(world.factsOf()).resolves.toEqual({
      runs: [
        {
          id: 'task:1',
          kind: 'deployment',
          environment: 'dev',
          version: '0.4.0',
          by: { ref: 'user:default/ada', name: 'ada' },
          via: 'page',
          startedAt: '2026-11-29T11:59:00.000Z',
          step: 'Deploy',
          url: '/create/tasks/1',
        },
      ],
      failures: [],
    });
    await world.stop();
  });

  it('tells which run an agent started, which a page and which a service', async () => {
    const world = await start(
      [
        task('1', 'processing'),
        task('2', 'processing'),
        task('3', 'processing', { user: { ref: undefined } }),
      ],
      [],
      async ids => new Set(ids.filter(id => id === '2')),
    );
    await world.refresher.readRuns();
    const runs = (await world.factsOf())?.runs;
    expect(runs?.map(({ id, via }) => `${id} ${via}`).sort()).toEqual([
      'task:1 page',
      'task:2 agent',
      'task:3 api',
    ]);
    await world.stop();
  });

  it('remembers of those that ended which an agent started', async () => {
    const reviewed = { review: { planHash: 'a'.repeat(64) } };
    const world = await start(
      [
        task('1', 'completed', { parameters: reviewed }),
        task('2', 'completed', { parameters: reviewed }),
        task('3', 'failed'),
        task('4', 'failed'),
      ],
      [],
      async ids => new Set(ids.filter(id => id === '2' || id === '4')),
    );
    await world.refresher.readRuns();
    const { ended = [], failures = [] } = (await world.factsOf()) ?? {};
    expect(
      [...ended, ...failures].map(({ id, via }) => `${id} ${via}`).sort(),
    ).toEqual([
      'task:1 undefined',
      'task:2 agent',
      'task:3 undefined',
      'task:4 agent',
    ]);
    await world.stop();
  });

  it('leaves out tasks that are not ours, or of no component', async () => {
    const world = await start([
      task('1', 'open', { action: 'fetch:template' }),
      task('2', 'open', { parameters: { component: 7 } }),
    ]);
    await world.refresher.readRuns();
    await expect(world.factsOf()).resolves.toBe(undefined);
    await world.stop();
  });

  it('tells why a run failed, and reads its log once', async () => {
    const world = await start(
      [task('1', 'failed', { action: 'dojo:migrate' })],
      [
        line(
          {
            message: 'Run completed with status: failed',
            error: {
              name: 'ConflictError',
              message:
                'dev: 0016_rates.sql line 9 failed its check (MIGRATION_CHECK) — Change it.',
            },
          },
          'completion',
        ),
      ],
    );
    await world.refresher.readRuns();
    await world.refresher.readRuns();
    expect((await world.factsOf())?.failures).toEqual([
      {
        id: 'task:1',
        at: '2026-11-29T11:59:30.000Z',
        verb: 'migration',
        environment: 'dev',
        by: { ref: 'user:default/ada', name: 'ada' },
        error: {
          code: 'MIGRATION_CHECK',
          message: 'dev: 0016_rates.sql line 9 failed its check',
        },
      },
    ]);
    expect(world.getLogs).toHaveBeenCalledTimes(1);
    await world.stop();
  });

  it('remembers which task carried out which plan, and who asked for it', async () => {
    const plans = ['1', '2', '3'].map(digit => digit.repeat(64));
    const tasks = [
      task('2', 'completed', {
        action: 'dojo:release',
        parameters: {
          review: {
            planHash: plans.join(' '),
            release: plans[0],
            version: 'x',
          },
        },
      }),
      task('1', 'completed', { parameters: { review: {} } }),
    ];
    const world = await start(tasks);
    await world.refresher.readRuns();
    const ended = [
      {
        id: 'task:2',
        planHashes: plans,
        by: { ref: 'user:default/ada', name: 'ada' },
      },
    ];
    expect((await world.factsOf())?.ended).toEqual(ended);
    // What is too old to be listed is remembered all the same.
    tasks.pop();
    tasks.pop();
    await world.refresher.readRuns();
    expect((await world.factsOf())?.ended).toEqual(ended);
    await world.stop();
  });

  it('names the version that a release was reviewed for', async () => {
    const world = await start([
      task('1', 'processing', {
        action: 'dojo:release',
        parameters: { version: undefined, review: { version: '0.4.0' } },
      }),
    ]);
    await world.refresher.readRuns();
    expect((await world.factsOf())?.runs).toEqual([
      expect.objectContaining({ kind: 'release', version: '0.4.0' }),
    ]);
    await world.stop();
  });

  it('has the component read again when its run has ended', async () => {
    const tasks = [task('1', 'processing')];
    const world = await start(tasks);
    await world.parts.refresher.readRuns();
    expect((await world.factsOf())?.runs).toHaveLength(1);
    const before = world.readers.readInfra.mock.calls.length;
    tasks[0] = task('1', 'completed');
    await world.refresher.readRuns();
    await world.refresher.idle();
    expect((await world.factsOf())?.runs).toEqual([]);
    expect(world.readers.readInfra.mock.calls.length).toBeGreaterThan(before);
    await world.stop();
  });
});
