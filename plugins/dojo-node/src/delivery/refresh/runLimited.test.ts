import { setImmediate as turn } from 'node:timers/promises';
import { runLimited } from './runLimited';

describe('runLimited', () => {
  it('does each once, and keeps to both limits', async () => {
    const items = Array.from({ length: 40 }, (_, id) => ({
      id,
      key: id < 30 ? 'one' : `other${id % 3}`,
    }));
    const running = new Map<string, number>();
    let most = 0;
    let mostOfOne = 0;
    const done: number[] = [];
    await runLimited(
      items,
      {
        atOnce: 8,
        perKey: 4,
        keyOf: ({ key }) => key,
        signal: new AbortController().signal,
      },
      async ({ id, key }) => {
        running.set(key, (running.get(key) ?? 0) + 1);
        most = Math.max(
          most,
          [...running.values()].reduce((a, b) => a + b),
        );
        mostOfOne = Math.max(mostOfOne, running.get('one') ?? 0);
        await turn();
        running.set(key, (running.get(key) ?? 0) - 1);
        done.push(id);
      },
    );
    expect(done.sort((a, b) => a - b)).toEqual(items.map(({ id }) => id));
    expect([most, mostOfOne]).toEqual([expect.any(Number), 4]);
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(4);
  });

  it('begins nothing more once it is aborted', async () => {
    const abort = new AbortController();
    const begun: number[] = [];
    await runLimited(
      [1, 2, 3, 4],
      { atOnce: 1, perKey: 1, keyOf: () => '', signal: abort.signal },
      async item => {
        begun.push(item);
        if (item === 2) abort.abort();
      },
    );
    expect(begun).toEqual([1, 2]);
  });
});
