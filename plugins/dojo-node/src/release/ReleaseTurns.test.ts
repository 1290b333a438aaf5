import { ReleaseTurns } from './ReleaseTurns';

function deferred() {
  let end = () => {};
  const promise = new Promise<void>(resolve => {
    end = resolve;
  });
  return { promise, end };
}

function setup() {
  const turns = new ReleaseTurns();
  const order: string[] = [];
  const abort = new AbortController();
  const start = (
    name: string,
    {
      component = 'component:default/ledger',
      work = Promise.resolve(),
      signal = abort.signal,
    }: {
      component?: string;
      work?: Promise<unknown>;
      signal?: AbortSignal;
    } = {},
  ) =>
    turns.run(
      { component, signal, onWait: () => order.push(`${name} waits`) },
      async () => {
        order.push(`${name} runs`);
        await work;
        order.push(`${name} ends`);
        return name;
      },
    );
  return { order, start };
}

describe('ReleaseTurns', () => {
  it('lets the second wait for the first, and each give its own result', async () => {
    const { order, start } = setup();
    const first = deferred();
    const all = Promise.all([
      start('a', { work: first.promise }),
      start('b'),
      start('c'),
    ]);
    first.end();
    await expect(all).resolves.toEqual(['a', 'b', 'c']);
    expect(order).toEqual([
      'a runs',
      'b waits',
      'c waits',
      'a ends',
      'b runs',
      'b ends',
      'c runs',
      'c ends',
    ]);
  });

  it('lets releases of two components run beside each other', async () => {
    const { order, start } = setup();
    const first = deferred();
    const a = start('a', { work: first.promise });
    await start('b', { component: 'component:default/shop' });
    expect(order).toEqual(['a runs', 'b runs', 'b ends']);
    first.end();
    await a;
  });

  it('goes on after one that fails', async () => {
    const { start } = setup();
    const a = start('a', { work: Promise.reject(new Error('no')) });
    await expect(Promise.all([a.catch(() => 'failed'), start('b')]))
      .resolves //
      .toEqual(['failed', 'b']);
  });

  it('lets who gives up go, and nobody overtake', async () => {
    const { order, start } = setup();
    const first = deferred();
    const abort = new AbortController();
    const a = start('a', { work: first.promise });
    const b = start('b', { signal: abort.signal });
    const c = start('c');
    abort.abort(new Error('enough'));
    await expect(b).rejects.toThrow('enough');
    expect(order).toEqual(['a runs', 'b waits', 'c waits']);
    first.end();
    await Promise.all([a, c]);
    expect(order.slice(3)).toEqual(['a ends', 'c runs', 'c ends']);
  });
});
