import { CommitRangeIndex } from './commit-range-index';
import { mergedCommits } from './merged-commits';

const whole = (name: string) => name.padEnd(40, '0');

/** `name parent…` each, newest first; what each merge brought, by names. */
function read(lines: readonly string[]) {
  const names = lines.map(line => line.split(' ')[0]);
  const commits = lines.map(line => {
    const [sha, ...parents] = line.split(' ').map(whole);
    return { sha, parents };
  });
  const merged = mergedCommits(commits, new CommitRangeIndex(commits));
  const brought = (name: string, most = 100) =>
    merged
      .broughtBy(names.indexOf(name), most)
      .map(index => names[index])
      .sort()
      .join('');
  return { merged, brought };
}

describe('mergedCommits', () => {
  // f merges e, which merges c into d: a and b are the line itself.
  const nested = ['f b e', 'e d c', 'd a', 'c a', 'b a', 'a'];

  it('gives a merge what its other parents hold, and its line did not', () => {
    const { brought } = read(nested);
    expect(brought('f')).toBe('cde');
    expect(brought('e')).toBe('c');
    expect(brought('b')).toBe('');
  });

  it('gives a commit that two merges lead to to the older one', () => {
    const { brought } = read(['e c d', 'd b', 'c a b', 'b a', 'a']);
    expect(brought('c')).toBe('b');
    expect(brought('e')).toBe('d');
  });

  it('gives at most as many as are asked for', () => {
    expect(read(nested).brought('f', 2)).toHaveLength(2);
  });

  it('survives parents that lead in a circle', () => {
    expect(read(['b a', 'a b']).brought('a')).toBe('');
  });

  it.each([
    ['a line', (n: number) => [`c${n} c${n - 1}`]],
    ['merges of a line', (n: number) => [`c${n} c${n - 1} b${n}`, `b${n} c0`]],
    ['merges in merges', (n: number) => [`c${n} x c${n - 1}`]],
  ])('looks at each commit once: %s', (_, make) => {
    const lines = (size: number) =>
      Array.from({ length: size }, (__, index) => make(size - index)).flat();
    for (const size of [100, 200]) {
      const all = lines(size);
      expect(read(all).merged.steps).toBeLessThanOrEqual(all.length);
    }
  });
});
