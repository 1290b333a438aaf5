import type { Splice } from 'backstage-plugin-dojo-common';

/** The text that splices make of a part of a text (default: the whole); splices are in order and do not overlap. */
export function applySplices(
  text: string,
  splices: readonly Splice[],
  from = 0,
  to = text.length,
): string {
  let result = '';
  let at = from;
  for (const splice of splices) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at, to);
}
