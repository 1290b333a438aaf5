import { settle } from './effect';
import type { Found } from './effect';
import { toEffects, toPlannedEffects } from './effect-step';
import type { EffectStep } from './effect-step';

/** Puts a value on a shelf. */
const shelve = (key: string): EffectStep<Set<string>> => ({
  key,
  text: `${key} goes on the shelf`,
  already: false,
  toEffect: shelf => ({
    find: async (): Promise<Found> => ({
      kind: shelf.has(key) ? 'as-planned' : 'absent',
    }),
    create: async () => {
      shelf.add(key);
    },
  }),
});

describe('a list of effect steps', () => {
  const steps = [shelve('tea'), shelve('cake')];

  it('tells in words, and settles, the same keys in the same order', async () => {
    const shelf = new Set<string>(['tea']);
    const { signal } = new AbortController();
    expect(toPlannedEffects(steps)).toEqual([
      { key: 'tea', text: 'tea goes on the shelf', already: false },
      { key: 'cake', text: 'cake goes on the shelf', already: false },
    ]);
    expect(await settle(toEffects(steps, shelf), { signal })).toEqual([
      { kind: 'already-done', key: 'tea' },
      { kind: 'done', key: 'cake' },
    ]);
    expect([...shelf]).toEqual(['tea', 'cake']);
  });

  it('makes a plan of plain data', () => {
    const planned = toPlannedEffects(steps);
    expect(JSON.parse(JSON.stringify(planned))).toStrictEqual(planned);
  });
});
