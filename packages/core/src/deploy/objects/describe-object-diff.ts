import type { ObjectDiff } from 'backstage-plugin-dojo-common';
import { toPrintable } from '../../text/to-printable';

/** Options of {@link describeObjectDiffs}. */
export interface DescribeOptions {
  /** Characters, at most; default 60,000: the body of a pull request takes 65,536 on GitHub. */
  readonly maxCharacters?: number;
}

const maxBody = 60_000;
/** Left for the count of what is not shown. */
const tailLength = 120;

/**
 * Differences as lines for a terminal or the body of a pull request: an object a paragraph, a field a line (`+` is new,
 * `-` goes, `~` changes). Objects are shown whole; one that does not fit is told by its first line, and when not even
 * that fits the rest is counted.
 */
export function describeObjectDiffs(
  diffs: readonly ObjectDiff[],
  { maxCharacters = maxBody }: DescribeOptions = {},
): string {
  const shown: string[] = [];
  let left = Math.max(0, maxCharacters - tailLength);
  let count = 0;
  for (const diff of diffs) {
    const whole = describeObjectDiff(diff);
    const text = whole.length < left ? whole : headOnly(diff);
    if (text.length >= left) break;
    shown.push(text);
    left -= text.length + 1;
    count++;
  }
  const more = diffs.length - count;
  if (more > 0) {
    shown.push(`… and ${more} more ${more === 1 ? 'object' : 'objects'}`);
  }
  return shown.join('\n');
}

/** One object: its name and what happens to it, then its fields. */
export function describeObjectDiff(diff: ObjectDiff): string {
  const lines = diff.fields.map(({ path, before, after }) => {
    if (before === undefined) return `  + ${path}: ${after ?? ''}`;
    if (after === undefined) return `  - ${path}: ${before}`;
    return `  ~ ${path}: ${before} -> ${after}`;
  });
  const { omitted } = diff;
  if (omitted > 0) lines.push(`  … and ${fieldCount(omitted, 'more ')}`);
  return [head(diff), ...lines].join('\n');
}

function headOnly(diff: ObjectDiff): string {
  return `${head(diff)} (${fieldCount(diff.fields.length + diff.omitted)})`;
}

function head({ object, change }: ObjectDiff): string {
  const { kind, namespace, name } = object;
  const identity = [kind, namespace, name].filter(part => part !== undefined);
  return `${toPrintable(identity.join('/'))}: ${change}`;
}

function fieldCount(count: number, more = ''): string {
  return `${count} ${more}${count === 1 ? 'field' : 'fields'}`;
}
