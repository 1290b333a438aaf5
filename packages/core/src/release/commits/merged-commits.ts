import type { CommitRangeIndex } from './commit-range-index';

/** What the merges of a range brought into it. */
export interface MergedCommits {
  /** Indexes of at most so many commits that a merge brought, also by merges among them; none for another commit. */
  broughtBy(merge: number, most: number): readonly number[];
  /** The innermost merge that brought a commit. @returns undefined for one that stands on the range's own line. */
  bringerOf(index: number): number | undefined;
  /** How often any commit was looked at: to be seen that it is once. */
  readonly steps: number;
}

interface Line {
  readonly tip: number;
  readonly merge: number | undefined;
}

/**
 * What each merge brought: the commits that its other parents lead to, and that its line did not hold before. Each
 * commit belongs to one merge, the innermost, so that all of them together cost one walk of the range.
 *
 * @param commits newest first, each before its parents.
 */
export function mergedCommits(
  commits: readonly { readonly parents?: readonly string[] }[],
  range: CommitRangeIndex,
): MergedCommits {
  let steps = 0;
  const parentsOf = commits.map(({ parents = [] }) =>
    parents.map(sha => range.find(sha.toLowerCase())),
  );
  const isChild = commits.map(() => false);
  for (const parents of parentsOf) {
    for (const parent of parents)
      if (parent !== undefined) isChild[parent] = true;
  }
  const isSeen = commits.map(() => false);
  const bringers: (number | undefined)[] = commits.map(() => undefined);
  const brought = new Map<number, number[]>();
  const open: Line[] = [];
  for (let index = commits.length - 1; index >= 0; index -= 1) {
    if (!isChild[index]) open.push({ tip: index, merge: undefined });
  }
  for (let line = open.pop(); line !== undefined; line = open.pop()) {
    const merges: Line[] = [];
    let at: number | undefined = line.tip;
    while (at !== undefined && !isSeen[at]) {
      const merge: number = at;
      steps += 1;
      isSeen[merge] = true;
      bringers[merge] = line.merge;
      if (line.merge !== undefined) append(brought, line.merge, merge);
      const [first, ...others]: (number | undefined)[] = parentsOf[merge];
      for (const tip of others)
        if (tip !== undefined) merges.push({ tip, merge });
      at = first;
    }
    // The oldest merge of the line comes first: what it brought, a newer one did not.
    open.push(...merges);
  }
  return {
    broughtBy: (merge, most) => {
      const all: number[] = [];
      const merges = [merge];
      for (let next = merges.pop(); next !== undefined; next = merges.pop()) {
        for (const index of brought.get(next) ?? []) {
          if (all.length >= most) return all;
          all.push(index);
          if (brought.has(index)) merges.push(index);
        }
      }
      return all;
    },
    bringerOf: index => bringers[index],
    get steps() {
      return steps;
    },
  };
}

function append(map: Map<number, number[]>, key: number, value: number): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
