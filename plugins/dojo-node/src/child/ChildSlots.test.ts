import fc from 'fast-check';
import { ChildSlots } from './ChildSlots';

const never = new AbortController().signal;
const tick = () => new Promise(resolve => setImmediate(resolve));

/** Work that ends when it is told to. */
function makeWork(slots: ChildSlots) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    started,
    ends,
    ask: (name: string, initiator: string, signal = never) =>
      slots.run({ initiator, signal }, async () => {
        started.push(name);
        await new Promise<void>(resolve => ends.set(name, resolve));
        return name;
      }),
  };
}

describe('ChildSlots', () => {
  it('leaves one who asks for all of them half', async () => {
    const { started, ask, ends } = makeWork(new ChildSlots({ max: 4 }));
    const eve = ['e1', 'e2', 'e3', 'e4'].map(name => ask(name, 'eve'));
    await tick();
    expect(started).toEqual(['e1', 'e2']);
    const bob = ask('b1', 'bob');
    await tick();
    expect(started).toEqual(['e1', 'e2', 'b1']);
    ends.get('b1')!();
    await expect(bob).resolves.toBe('b1');
    await tick();
    expect(started).toHaveLength(3);
    for (const name of ['e1', 'e2', 'e3', 'e4']) {
      ends.get(name)!();
      await tick();
    }
    await expect(Promise.all(eve)).resolves.toEqual(['e1', 'e2', 'e3', 'e4']);
  });

  it('serves who has the fewest first', async () => {
    const { started, ask, ends } = makeWork(new ChildSlots({ max: 2 }));
    void ask('e1', 'eve');
    void ask('e2', 'eve');
    void ask('b1', 'bob');
    void ask('b2', 'bob');
    void ask('c1', 'cid');
    await tick();
    expect(started).toEqual(['e1', 'b1']);
    ends.get('b1')!();
    await tick();
    expect(started).toEqual(['e1', 'b1', 'b2']);
    ends.get('e1')!();
    await tick();
    expect(started).toEqual(['e1', 'b1', 'b2', 'e2']);
    ends.get('e2')!();
    await tick();
    expect(started.at(-1)).toBe('c1');
  });

  it('gives its place back where the work fails', async () => {
    const slots = new ChildSlots({ max: 1 });
    const use = { initiator: 'eve', signal: never };
    await expect(
      slots.run(use, async () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    await expect(slots.run(use, async () => 'yes')).resolves.toBe('yes');
  });

  it('lets go of who does not want to wait any more', async () => {
    const { started, ask, ends } = makeWork(new ChildSlots({ max: 1 }));
    void ask('e1', 'eve');
    const abort = new AbortController();
    const bob = ask('b1', 'bob', abort.signal);
    void ask('c1', 'cid');
    await tick();
    abort.abort(new Error('enough'));
    await expect(bob).rejects.toThrow('enough');
    ends.get('e1')!();
    await tick();
    expect(started).toEqual(['e1', 'c1']);
    await expect(ask('x', 'bob', abort.signal)).rejects.toThrow('enough');
  });

  it('never runs more than there are, nor more than half of them for one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.constantFrom('eve', 'bob', 'cid'), {
          minLength: 1,
          maxLength: 30,
        }),
        async (max, initiators) => {
          const slots = new ChildSlots({ max });
          const running = new Map<string, number>();
          const half = Math.ceil(max / 2);
          await Promise.all(
            initiators.map(initiator =>
              slots.run({ initiator, signal: never }, async () => {
                running.set(initiator, (running.get(initiator) ?? 0) + 1);
                const all = [...running.values()].reduce((a, b) => a + b, 0);
                expect(all).toBeLessThanOrEqual(max);
                expect(running.get(initiator)).toBeLessThanOrEqual(half);
                await tick();
                running.set(initiator, running.get(initiator)! - 1);
              }),
            ),
          );
        },
      ),
      { seed: 20261129, numRuns: 100 },
    );
  });
});
