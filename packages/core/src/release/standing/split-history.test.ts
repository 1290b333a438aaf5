import fc from 'fast-check';
import type { GraphCommit } from './ports';
import { ownCommits, splitHistory } from './split-history';

/** Commits by their names, children first: `c-b b-a a` is a line of three. */
function graphOf(text: string): GraphCommit[] {
  return text.split(' ').map(each => {
    const [oid, ...parents] = each.split('-');
    return { oid, parents };
  });
}

const at = (...commits: readonly string[]) =>
  commits.map(commit => ({ commit }));

describe('splitHistory', () => {
  const graph = graphOf('f-e e-d-x d-c x-y y-b c-b b-a a');

  it('knows what versions are made of, highest first', () => {
    const split = splitHistory(graph, at('e', 'c', 'y', 'a'), at('f', 'x'));
    expect(split.contains(0)).toEqual([1, 2]);
    expect(split.contains(1)).toEqual([3]);
    expect(split.contains(2)).toEqual([3]);
    expect(split.contains(3)).toEqual([]);
    expect(split.contains(4)).toEqual([0]);
    expect(split.reaches(4, 3)).toBe(true);
    expect(split.reaches(5, 1)).toBe(false);
    expect(split.commitsOf(4, [0])).toEqual(['f']);
    expect(split.commitsOf(5, [2])).toEqual(['x']);
    expect(split.holds(5, 'b')).toBe(true);
    expect(split.holds(5, 'c')).toBe(false);
  });

  it('takes the lower of two versions at one commit for a part of the higher', () => {
    const split = splitHistory(graph, at('c', 'c', 'a'));
    expect(split.contains(0)).toEqual([1]);
    expect(split.contains(1)).toEqual([2]);
    const own = ownCommits(graph, at('c', 'c', 'a'), split, 10);
    expect(own.map(({ commits }) => commits)).toEqual([[], ['c', 'b'], ['a']]);
  });

  it('finds what sets would find, in any graph', () => {
    const graphs = fc
      .array(fc.array(fc.nat(), { maxLength: 3 }), {
        minLength: 1,
        maxLength: 25,
      })
      .map(choices =>
        choices
          .map((picks, index) => ({
            oid: `${index}`,
            parents: [
              ...new Set(
                index === 0 ? [] : picks.map(pick => `${pick % index}`),
              ),
            ],
          }))
          .reverse(),
      );
    fc.assert(
      fc.property(
        graphs,
        fc.array(fc.nat(), { maxLength: 6 }),
        (all, picks) => {
          const versions = [
            ...new Set(picks.map(pick => `${pick % all.length}`)),
          ].map(commit => ({ commit }));
          const split = splitHistory(all, versions);
          const own = ownCommits(all, versions, split, 100);
          const sets = versions.map(({ commit }) => reachable(all, commit));
          versions.forEach((_, index) => {
            const parts = versions.flatMap(({ commit }, other) =>
              other !== index && sets[index].has(commit) ? [other] : [],
            );
            const nearest = parts.filter(
              part =>
                !parts.some(
                  other =>
                    other !== part && sets[other].has(versions[part].commit),
                ),
            );
            expect(split.contains(index)).toEqual(nearest);
            const mine = all.flatMap(({ oid }) =>
              sets[index].has(oid) && !parts.some(part => sets[part].has(oid))
                ? [oid]
                : [],
            );
            expect(own[index]).toEqual({ commits: mine, count: mine.length });
          });
        },
      ),
      { seed: 20261129 },
    );
  });
});

function reachable(all: readonly GraphCommit[], from: string): Set<string> {
  const parentsOf = new Map(all.map(({ oid, parents }) => [oid, parents]));
  const found = new Set<string>();
  const open = [from];
  while (open.length > 0) {
    const oid = open.pop()!;
    if (!found.has(oid)) {
      found.add(oid);
      open.push(...parentsOf.get(oid)!);
    }
  }
  return found;
}
