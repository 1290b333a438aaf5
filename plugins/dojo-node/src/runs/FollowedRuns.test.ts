import { mockCredentials } from '@backstage/backend-test-utils';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { serviceErrors } from '../errors/serviceErrors';
import {
  completion,
  deploymentTask,
  logLine,
  planHash,
  taskId,
} from './__testUtils__/tasks';
import { FollowedRuns, FollowedRunsOptions } from './FollowedRuns';

const credentials = mockCredentials.user('user:default/owner');
const id = `task:${taskId}`;

function followed(options: Partial<FollowedRunsOptions> = {}) {
  let now = new Date('2026-11-30T12:00:00.000Z').getTime();
  const changeOf = jest.fn(async () => ({
    kind: 'waiting' as const,
    by: 'somebody other than owner',
  }));
  const waited: number[] = [];
  const runs = new FollowedRuns({
    access: { require: async () => {} },
    scaffolder: {
      getTask: async () => deploymentTask('processing'),
      getLogs: async () => [],
    },
    operations: { get: jest.fn() },
    changeOf,
    pageOfTask: task => `/create/tasks/${task}`,
    clock: { now: () => new Date(now) },
    after: async milliseconds => {
      waited.push(milliseconds);
      now += milliseconds;
    },
    ...options,
  });
  return { runs, changeOf, waited };
}

describe('FollowedRuns', () => {
  it('answers at once where nobody waits', async () => {
    const { runs, waited } = followed();
    await expect(runs.follow({ id }, { credentials })).resolves.toMatchObject({
      state: 'running',
    });
    expect(waited).toEqual([]);
  });

  it('waits as long as it was asked, and no longer', async () => {
    const { runs, waited } = followed();
    await runs.follow({ id, waitMs: 1_200 }, { credentials });
    expect(waited).toEqual([500, 500, 200]);
  });

  it('answers as soon as there are lines, or another state', async () => {
    let asked = 0;
    const { runs, waited } = followed({
      scaffolder: {
        getTask: async () => deploymentTask('processing'),
        getLogs: async () => (asked++ < 2 ? [] : [logLine(1, 'applied')]),
      },
    });
    await expect(
      runs.follow({ id, waitMs: 20_000 }, { credentials }),
    ).resolves.toMatchObject({ lines: ['applied'], next: 1 });
    expect(waited).toEqual([500, 500]);
  });

  it('asks what became of a change that somebody else lands', async () => {
    const { runs, changeOf } = followed({
      scaffolder: {
        getTask: async () => deploymentTask('completed'),
        getLogs: async () => [
          completion(3, { output: { outcome: 'requested' } }),
        ],
      },
    });
    await expect(runs.follow({ id }, { credentials })).resolves.toMatchObject({
      state: 'waiting',
      sentence: 'Waits for a merge by somebody other than owner',
    });
    expect(changeOf).toHaveBeenCalledWith(
      {
        component: 'component:default/ledger',
        environment: 'production',
        planHash,
        requester: 'owner',
        since: new Date('2026-11-30T12:00:00.000Z'),
      },
      credentials,
    );
  });

  it.each([
    ['a task that is not there', new NotFoundError('no task')],
    ['a task that one may not see', new NotAllowedError('no')],
  ])('says the same of %s', async (_what, error) => {
    const { runs } = followed({
      scaffolder: {
        getTask: async () => {
          throw error;
        },
        getLogs: async () => [],
      },
    });
    await expect(runs.follow({ id }, { credentials })).rejects.toMatchObject({
      code: 'OPERATION_NOT_FOUND',
    });
  });

  it('says the same of a task of a component that one may not read', async () => {
    const denied = serviceErrors.permissionDenied('dojo.delivery.read', 'x');
    const { runs } = followed({
      access: { require: jest.fn().mockRejectedValue(denied) },
    });
    await expect(runs.follow({ id }, { credentials })).rejects.toMatchObject({
      code: 'OPERATION_NOT_FOUND',
    });
  });

  it.each(['task:1', 'rehearsal:zz', '../x', ''])(
    'knows no operation %j',
    async unknown => {
      const { runs } = followed();
      await expect(
        runs.follow({ id: unknown }, { credentials }),
      ).rejects.toMatchObject({ code: 'OPERATION_NOT_FOUND' });
    },
  );

  it('follows a rehearsal by its id', async () => {
    const key = 'f'.repeat(32);
    const { runs } = followed({
      operations: {
        get: async () => ({
          id: key,
          kind: 'migration-rehearsal',
          state: 'running',
          startedAt: '2026-11-30T12:00:00.000Z',
          lines: ['one', 'two', 'three'],
        }),
      },
    });
    await expect(
      runs.follow({ id: `rehearsal:${key}`, after: 1 }, { credentials }),
    ).resolves.toEqual({
      id: `rehearsal:${key}`,
      kind: 'migration-rehearsal',
      state: 'running',
      sentence: 'The rehearsal is running.',
      lines: ['two', 'three'],
      next: 3,
      pollAfterMs: 1_000,
    });
  });
});
