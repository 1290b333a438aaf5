import { systemTimer } from './system-timer';

describe('systemTimer', () => {
  it('waits, and no less', async () => {
    const before = performance.now();
    await systemTimer.wait(20, new AbortController().signal);
    expect(performance.now() - before).toBeGreaterThanOrEqual(19);
  });

  it('ends with the reason of the signal, at once', async () => {
    const controller = new AbortController();
    const wait = systemTimer.wait(60_000, controller.signal);
    const reason = new Error('stopped');
    controller.abort(reason);
    await expect(wait).rejects.toBe(reason);
    await expect(systemTimer.wait(60_000, controller.signal)).rejects.toBe(
      reason,
    );
  });
});
