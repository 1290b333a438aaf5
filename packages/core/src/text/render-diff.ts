import type { FileDiff, Splice } from 'backstage-plugin-dojo-common';
import { applySplices } from './apply-splices';
import { capped } from './markdown-text';

/** Lines of one file's diff that are shown; the rest is counted. */
export const diffLineLimit = 40;
const lineLengthLimit = 300;

/**
 * A file's change by whole lines, as a reader sees it: removed and added ones, without context.
 *
 * @param before - the text that the splices apply to; absent: the file is created.
 */
export function renderDiff(
  edit: { readonly path: string; readonly splices: readonly Splice[] },
  before?: string,
): FileDiff {
  const text = before ?? '';
  const lines = hunksOf(text, edit.splices).flatMap(hunk => {
    const removed = linesOf(text.slice(hunk.start, hunk.end));
    const added = linesOf(
      applySplices(text, hunk.splices, hunk.start, hunk.end),
    );
    return changed(removed, added);
  });
  return {
    path: edit.path,
    created: before === undefined,
    lines: lines.slice(0, diffLineLimit),
    omitted: Math.max(0, lines.length - diffLineLimit),
  };
}

interface Hunk {
  readonly start: number;
  end: number;
  readonly splices: Splice[];
}

/** Splices with the whole lines around them; those that share a line are one hunk. */
function hunksOf(text: string, splices: readonly Splice[]): Hunk[] {
  const hunks: Hunk[] = [];
  for (const splice of splices) {
    const last = hunks.at(-1);
    if (last && splice.start < last.end) {
      last.splices.push(splice);
      // A line may be as long as the file: its end is looked for once.
      if (splice.end >= last.end) last.end = lineEnd(text, splice.end);
    } else {
      const start = text.lastIndexOf('\n', splice.start - 1) + 1;
      hunks.push({
        start: splice.start === 0 ? 0 : start,
        end: lineEnd(text, splice.end),
        splices: [splice],
      });
    }
  }
  return hunks;
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  return text.endsWith('\n') ? lines.slice(0, -1) : lines;
}

function changed(
  removed: readonly string[],
  added: readonly string[],
): FileDiff['lines'] {
  let head = 0;
  while (
    head < Math.min(removed.length, added.length) &&
    removed[head] === added[head]
  ) {
    head += 1;
  }
  let tail = 0;
  const rest = Math.min(removed.length, added.length) - head;
  while (tail < rest && removed.at(-1 - tail) === added.at(-1 - tail))
    tail += 1;
  const line = (kind: 'add' | 'remove') => (text: string) => ({
    kind,
    text: capped(text, lineLengthLimit),
  });
  return [
    ...removed.slice(head, removed.length - tail).map(line('remove')),
    ...added.slice(head, added.length - tail).map(line('add')),
  ];
}
