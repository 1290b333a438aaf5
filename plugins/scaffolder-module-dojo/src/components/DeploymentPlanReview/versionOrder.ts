/** `v0.4.0` as people say it; what is no version stays as it is. */
export function bareName(tag: string): string {
  return /^v\d/i.test(tag) ? tag.slice(1) : tag;
}

const pattern = /(\d+)\.(\d+)\.(\d+)(-[0-9a-z.-]+)?$/i;

/** Whether a version comes before another one; of what are no versions nothing is said. A pre-release is before its version. */
export function isBelow(version: string, other: string): boolean {
  const [one, two] = [pattern.exec(version), pattern.exec(other)];
  if (!one || !two) return false;
  for (const at of [1, 2, 3]) {
    const difference = Number(one[at]) - Number(two[at]);
    if (difference !== 0) return difference < 0;
  }
  return one[4] !== undefined && two[4] === undefined;
}
