import type { MergedCommits } from './merged-commits';

/**
 * Which commits were taken back, and by which revert: by one that stands itself, or along with the merge that brought
 * them. Each is decided once, after all that decides about it.
 *
 * @param targetsOf what each revert takes back, by index.
 * @param count of the commits, newest first.
 * @returns by index, the newest revert that took the commit back; undefined where it stands.
 */
export function settleReverts(
  count: number,
  targetsOf: ReadonlyMap<number, readonly number[]>,
  merged: Pick<MergedCommits, 'bringerOf'>,
): (number | undefined)[] {
  const revertersOf = new Map<number, number[]>();
  const broughtBy = new Map<number, number[]>();
  const open = Array.from({ length: count }, () => 0);
  for (const [revert, targets] of targetsOf) {
    for (const target of targets) {
      append(revertersOf, target, revert);
      open[target] += 1;
    }
  }
  for (let index = 0; index < count; index += 1) {
    const merge = merged.bringerOf(index);
    if (merge === undefined) continue;
    append(broughtBy, merge, index);
    open[index] += 1;
  }

  const revertedBy: (number | undefined)[] = open.map(() => undefined);
  const isSettled = open.map(() => false);
  const settle = (first: number) => {
    const ready = [first];
    for (let at = ready.pop(); at !== undefined; at = ready.pop()) {
      if (isSettled[at]) continue;
      isSettled[at] = true;
      const standing = (revertersOf.get(at) ?? []).filter(
        revert => isSettled[revert] && revertedBy[revert] === undefined,
      );
      const merge = merged.bringerOf(at);
      const withMerge = merge === undefined ? undefined : revertedBy[merge];
      revertedBy[at] =
        standing.length > 0
          ? standing.reduce((newest, revert) => Math.min(newest, revert))
          : withMerge;
      for (const next of [
        ...(targetsOf.get(at) ?? []),
        ...(broughtBy.get(at) ?? []),
      ]) {
        open[next] -= 1;
        if (open[next] <= 0) ready.push(next);
      }
    }
  };
  for (let index = 0; index < count; index += 1) {
    if (open[index] === 0) settle(index);
  }
  // What is left decides about itself, in a circle of names: the newest of it comes first.
  for (let index = 0; index < count; index += 1) settle(index);
  return revertedBy;
}

function append(map: Map<number, number[]>, key: number, value: number): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
