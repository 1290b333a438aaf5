import type { ObservedCommit } from './repository-data';

/**
 * The commits in the order of the graph: each before its parents, else as they came. Clocks do not matter: a machine that
 * is slow makes a commit that looks older than what it builds on.
 */
export function inGraphOrder<T extends Pick<ObservedCommit, 'oid' | 'parents'>>(
  commits: readonly T[],
): T[] {
  const indexOf = new Map(commits.map(({ oid }, index) => [oid, index]));
  const openChildren = commits.map(() => 0);
  const parentsOf = commits.map(({ parents }) =>
    parents.flatMap(parent => indexOf.get(parent) ?? []),
  );
  for (const parents of parentsOf) {
    for (const parent of parents) openChildren[parent] += 1;
  }
  const ordered: T[] = [];
  const passed = commits.map(() => false);
  for (let index = 0; index < commits.length; index += 1) {
    passed[index] = true;
    const ready = openChildren[index] === 0 ? [index] : [];
    for (let at = ready.pop(); at !== undefined; at = ready.pop()) {
      ordered.push(commits[at]);
      for (const parent of parentsOf[at]) {
        openChildren[parent] -= 1;
        // Its turn came before that of its last child.
        if (openChildren[parent] === 0 && passed[parent]) ready.push(parent);
      }
    }
  }
  return ordered;
}
