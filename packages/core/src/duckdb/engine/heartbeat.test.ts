import { startHeartbeat } from './heartbeat';

describe('startHeartbeat', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('counts from when that began which runs now, and ends', async () => {
    const lines: string[] = [];
    const heartbeat = startHeartbeat({
      every: 10_000,
      log: line => lines.push(line),
      what: 'opening the copy',
      size: async () => 11_300_000,
    });
    await jest.advanceTimersByTimeAsync(1_000);
    heartbeat.turnTo('0002_slow.sql:1 UPDATE');
    await jest.advanceTimersByTimeAsync(19_000);
    heartbeat.stop();
    await jest.advanceTimersByTimeAsync(60_000);

    expect(lines).toEqual([
      '0002_slow.sql:1 UPDATE: still at it after 9 s, the copy has 11.3 MB',
      '0002_slow.sql:1 UPDATE: still at it after 19 s, the copy has 11.3 MB',
    ]);
  });
});
