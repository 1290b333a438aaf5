import { partsOf } from './plan-parts';

const write = (name: string, diff: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  name,
  change: 'changed' as const,
  diff,
});
const prune = (uid: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'rates',
  uid,
});

describe('partsOf', () => {
  it('gives what is left of a plan the parts that it had', () => {
    const [one, two] = [write('a', '1'), write('b', '1')];
    const all = partsOf({ writes: [one, two], prunes: [prune('x')] });
    expect(all).toEqual([
      ...partsOf({ writes: [one, two], prunes: [] }),
      ...partsOf({ writes: [], prunes: [prune('x')] }),
    ]);
    expect(new Set(all).size).toBe(3);
  });

  it('gives another change of an object, and another object of a name, other ones', () => {
    const parts = [
      ...partsOf({ writes: [write('a', '1')], prunes: [prune('x')] }),
      ...partsOf({ writes: [write('a', '2')], prunes: [prune('y')] }),
    ];
    expect(new Set(parts).size).toBe(4);
  });
});
