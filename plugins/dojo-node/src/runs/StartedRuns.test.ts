import knexFactory, { Knex } from 'knex';
import { StartedRuns } from './StartedRuns';

const key = 'a'.repeat(64);

describe('StartedRuns', () => {
  let knex: Knex;
  let now: Date;
  let started: StartedRuns;

  beforeEach(async () => {
    now = new Date('2026-11-30T12:00:00.000Z');
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    started = new StartedRuns({ knex, clock: { now: () => now } });
    await started.prepare();
  });
  afterEach(() => knex.destroy());

  it('gives a start to one of those who ask, and its task to all after', async () => {
    const claims = await Promise.all(
      [1, 2, 3, 4].map(() => started.claim(key)),
    );
    const mine = claims.filter(({ kind }) => kind === 'mine');
    expect(mine).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === 'pending')).toHaveLength(3);
    await settle(mine[0], 'task-1');
    await expect(started.claim(key)).resolves.toEqual({
      kind: 'started',
      taskId: 'task-1',
    });
    await expect(started.taskOf(key)).resolves.toBe('task-1');
    await expect(started.among(['task-1', 'task-2'])).resolves.toEqual(
      new Set(['task-1']),
    );
  });

  it('gives it to the next where the first came to no task', async () => {
    await settle(await started.claim(key), undefined);
    await expect(started.claim(key)).resolves.toMatchObject({ kind: 'mine' });
  });

  it('takes it from whoever was killed in between, and not before', async () => {
    await started.claim(key);
    now = new Date(now.getTime() + 29_000);
    await expect(started.claim(key)).resolves.toEqual({ kind: 'pending' });
    now = new Date(now.getTime() + 2_000);
    const next = await started.claim(key);
    expect(next.kind).toBe('mine');
  });

  it('does not let one that was given up name its task', async () => {
    const late = await started.claim(key);
    now = new Date(now.getTime() + 31_000);
    await settle(await started.claim(key), 'task-2');
    await settle(late, 'task-1');
    await expect(started.taskOf(key)).resolves.toBe('task-2');
  });

  it('replaces a task that came to nothing, once', async () => {
    await settle(await started.claim(key), 'failed');
    const again = await Promise.all([
      started.claim(key, 'failed'),
      started.claim(key, 'failed'),
    ]);
    expect(again.map(({ kind }) => kind).sort()).toEqual(['mine', 'pending']);
  });

  it('is prepared by several replicas at once, and where it is there', async () => {
    await Promise.all([started.prepare(), started.prepare()]);
    await expect(started.taskOf(key)).resolves.toBe(undefined);
  });
});

async function settle(
  claim: Awaited<ReturnType<StartedRuns['claim']>>,
  taskId: string | undefined,
) {
  if (claim.kind !== 'mine') throw new Error(claim.kind);
  await claim.settle(taskId);
}
