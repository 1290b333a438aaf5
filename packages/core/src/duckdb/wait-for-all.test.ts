import { waitForAll } from './wait-for-all';

describe('waitForAll', () => {
  it('gives the values in their order', async () => {
    await expect(
      waitForAll([Promise.resolve(1), Promise.resolve('a')]),
    ).resolves.toEqual([1, 'a']);
  });

  it('throws what the first threw, and not before all are done', async () => {
    const events: string[] = [];
    let finish = () => {};
    const slow = new Promise<void>(resolve => {
      finish = resolve;
    }).then(() => events.push('slow'));
    const all = waitForAll([Promise.reject(new Error('quick')), slow]).catch(
      error => events.push(error.message),
    );
    await new Promise(setImmediate);
    expect(events).toEqual([]);
    finish();
    await all;
    expect(events).toEqual(['slow', 'quick']);
  });
});
