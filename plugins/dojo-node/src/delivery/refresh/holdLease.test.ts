import { until } from '../../__testUtils__/until';
import { holdLease } from './holdLease';

describe('holdLease', () => {
  it('does the work in one at a time, and in another when that one has to stop', async () => {
    let holder = 'one';
    const at: string[] = [];
    const stop = new AbortController();
    const replica = (name: string) =>
      holdLease(
        {
          take: async () => holder === name,
          signal: stop.signal,
          renewMs: 5,
        },
        signal =>
          new Promise(resolve => {
            at.push(name);
            signal.addEventListener('abort', () => {
              at.push(`${name} stops`);
              resolve();
            });
          }),
      );
    const both = Promise.all([replica('one'), replica('two')]);
    await until('the first works', () => at.includes('one'));
    expect(at).toEqual(['one']);
    holder = 'two';
    await until('the second works', () => at.includes('two'));
    await until('the first stops', () => at.includes('one stops'));
    stop.abort();
    await both;
    expect(at.filter(each => each.endsWith('stops')).sort()).toEqual([
      'one stops',
      'two stops',
    ]);
  });

  it('begins work again that failed', async () => {
    const stop = new AbortController();
    let begun = 0;
    const held = holdLease(
      { take: async () => true, signal: stop.signal, renewMs: 2 },
      async () => {
        begun++;
        throw new Error('the cluster went away');
      },
    );
    await until('it was begun three times', () => begun > 2);
    stop.abort();
    await expect(held).resolves.toBe(undefined);
  });
});
