import { mockServices } from '@backstage/backend-test-utils';
import { leaveToNextStart } from './leaveToNextStart';

describe('leaveToNextStart', () => {
  const failure = new Error('Service is shutting down');
  const start = (handler: () => Promise<void>) => {
    const hooks: (() => void | Promise<void>)[] = [];
    const logger = mockServices.logger.mock();
    const left = leaveToNextStart({
      addBeforeShutdownHook: hook => hooks.push(hook),
    });
    return {
      action: left({
        id: 'dojo:release',
        handler: (_: { logger: typeof logger }) => handler(),
      }),
      context: { logger },
      stop: () => hooks.forEach(hook => hook()),
    };
  };

  it('tells a failure while the backend runs', async () => {
    const { action, context } = start(async () => {
      throw failure;
    });
    await expect(action.handler(context)).rejects.toBe(failure);
    expect(action.id).toBe('dojo:release');
  });

  it('leaves the task open where it fails while the backend stops, and says so', async () => {
    let fail: () => void = () => undefined;
    const { action, context, stop } = start(
      () =>
        new Promise((_, reject) => {
          fail = () => reject(failure);
        }),
    );
    const ended = jest.fn();
    void action.handler(context).then(ended, ended);
    stop();
    fail();
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    expect(ended).not.toHaveBeenCalled();
    expect(context.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('with the next start'),
    );
  });

  it('ends what is done while the backend stops', async () => {
    const { action, context, stop } = start(async () => undefined);
    stop();
    await expect(action.handler(context)).resolves.toBeUndefined();
  });
});
