import type { GraphCommit } from './ports';

/** A version, or the head of a branch, at its commit. */
export interface HistoryPoint {
  readonly commit: string;
}

/** What the points of a history hold, each by its index. */
export interface SplitHistory {
  /** Nearest versions that a point contains, highest first: with theirs and so on, all that it is made of. */
  contains(point: number): readonly number[];
  /** All versions that a point contains. */
  reaches(point: number, version: number): boolean;
  /** Commits that a point has and none of the others does, children before their parents. */
  commitsOf(point: number, without: readonly number[]): string[];
  /** Whether a point holds a commit. */
  holds(point: number, commit: string): boolean;
}

/**
 * Tells which commits each version and branch holds, in one pass over the graph: commits carry sets of points, and one
 * that is its only child's parent shares the child's set. Time and memory grow with commits times points, of which a
 * caller has a bounded number.
 *
 * @param graph children before their parents.
 * @param versions highest first: of two at one commit, the higher contains the lower.
 * @param heads points behind the versions.
 */
export function splitHistory(
  graph: readonly GraphCommit[],
  versions: readonly HistoryPoint[],
  heads: readonly HistoryPoint[] = [],
): SplitHistory {
  const points = [...versions, ...heads];
  const holders = holdersOf(graph, points);
  const setOf = (commit: string) => holders.get(commit) ?? 0n;
  const bit = (index: number) => 1n << BigInt(index);

  // A point contains the versions whose commits it holds.
  const contained = points.map(() => 0n);
  versions.forEach(({ commit }, version) => {
    const set = setOf(commit);
    points.forEach((point, index) => {
      if ((set & bit(index)) === 0n || index === version) return;
      const isTwin = index < versions.length && point.commit === commit;
      if (!isTwin || index < version) contained[index] |= bit(version);
    });
  });
  const nearest = contained.map(all => {
    let far = 0n;
    versions.forEach((_, version) => {
      if ((all & bit(version)) !== 0n) far |= contained[version];
    });
    return all & ~far;
  });

  return {
    contains: point =>
      versions.flatMap((_, version) =>
        (nearest[point] & bit(version)) === 0n ? [] : [version],
      ),
    reaches: (point, version) => (contained[point] & bit(version)) !== 0n,
    commitsOf: (point, without) => {
      const own = bit(point);
      const others = without.reduce((set, index) => set | bit(index), 0n);
      return graph.flatMap(({ oid }) => {
        const set = setOf(oid);
        return (set & own) !== 0n && (set & others) === 0n ? [oid] : [];
      });
    },
    holds: (point, commit) => (setOf(commit) & bit(point)) !== 0n,
  };
}

/**
 * Commits that each version has and none of those that it contains, for all versions in one more pass.
 *
 * @param most of each; the newest are kept, and `counts` tells how many there are.
 */
export function ownCommits(
  graph: readonly GraphCommit[],
  versions: readonly HistoryPoint[],
  split: SplitHistory,
  most: number,
): { readonly commits: readonly string[]; readonly count: number }[] {
  const own = versions.map(() => ({ commits: [] as string[], count: 0 }));
  const holders = holdersOf(graph, versions);
  const without = versions.map((_, index) =>
    split
      .contains(index)
      .reduce((set, version) => set | (1n << BigInt(version)), 0n),
  );
  // Most commits have the set of their neighbours.
  const known = new Map<bigint, readonly number[]>();
  for (const { oid } of graph) {
    const set = holders.get(oid) ?? 0n;
    const owners =
      known.get(set) ??
      versions.flatMap((_, index) =>
        (set & (1n << BigInt(index))) !== 0n && (set & without[index]) === 0n
          ? [index]
          : [],
      );
    known.set(set, owners);
    for (const owner of owners) {
      own[owner].count += 1;
      if (own[owner].commits.length < most) own[owner].commits.push(oid);
    }
  }
  return own;
}

/** By commit: the points that hold it, as bits. */
function holdersOf(
  graph: readonly GraphCommit[],
  points: readonly HistoryPoint[],
): ReadonlyMap<string, bigint> {
  const sets = new Map<string, bigint>();
  points.forEach(({ commit }, index) => {
    sets.set(commit, (sets.get(commit) ?? 0n) | (1n << BigInt(index)));
  });
  for (const { oid, parents } of graph) {
    const set = sets.get(oid);
    if (set === undefined) continue;
    for (const parent of parents) {
      const before = sets.get(parent);
      // The same set is shared, and takes no room of its own.
      if (before === undefined) sets.set(parent, set);
      else if (before !== set) sets.set(parent, before | set);
    }
  }
  return sets;
}
