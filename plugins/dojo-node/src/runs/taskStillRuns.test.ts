import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { taskId } from './__testUtils__/tasks';
import { taskStillRuns } from './taskStillRuns';

describe('taskStillRuns', () => {
  const ask = (getTask: () => Promise<object>) => {
    const scaffolder = { getTask: jest.fn(getTask) };
    const answer = taskStillRuns(taskId, {
      scaffolder: scaffolder as never,
      auth: mockServices.auth(),
    });
    return { answer, scaffolder };
  };

  it.each([
    ['open', true],
    ['processing', true],
    ['completed', false],
    ['failed', false],
    ['cancelled', false],
  ])('says of a task that is %s: %s', async (status, expected) => {
    const { answer, scaffolder } = ask(async () => ({ status }));

    await expect(answer).resolves.toBe(expected);
    expect(scaffolder.getTask).toHaveBeenCalledWith(
      { taskId },
      { credentials: mockCredentials.service('plugin:test') },
    );
  });

  it('takes one that the scaffolder has forgotten for ended', async () => {
    const gone = Object.assign(new Error('no such task'), { statusCode: 404 });
    const { answer } = ask(() => Promise.reject(gone));
    await expect(answer).resolves.toBe(false);
  });

  it('takes one for running while the scaffolder does not answer', async () => {
    const { answer } = ask(() => Promise.reject(new Error('socket hang up')));
    await expect(answer).resolves.toBe(true);
  });
});
