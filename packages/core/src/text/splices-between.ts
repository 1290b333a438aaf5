import type { Splice } from 'backstage-plugin-dojo-common';

/**
 * The splices that make one text of another, by whole lines: what lies between the lines that both have once and in one
 * order stays as small as its beginning and its end allow. Of n lines the cost is n log n.
 */
export function splicesBetween(before: string, after: string): Splice[] {
  const [a, b] = [before, after].map(text => text.split(/(?<=\n)/));
  const ends = [...sharedLines(a, b), { inA: a.length, inB: b.length }];
  const splices: Splice[] = [];
  let offset = 0;
  let from = { inA: 0, inB: 0 };
  for (const { inA, inB } of ends) {
    const removed = a.slice(from.inA, inA);
    const added = b.slice(from.inB, inB);
    const splice = spliceOf(removed, added, offset);
    if (splice) splices.push(splice);
    offset += lengthOf(removed) + (a[inA]?.length ?? 0);
    from = { inA: inA + 1, inB: inB + 1 };
  }
  return splices;
}

interface SharedLine {
  readonly inA: number;
  readonly inB: number;
}

/** As many as possible of the lines that both have exactly once, in the order of both. */
function sharedLines(a: readonly string[], b: readonly string[]): SharedLine[] {
  const there = onceIn(b);
  const shared = [...onceIn(a)].flatMap(([line, inA]) => {
    const inB = there.get(line);
    return inB === undefined ? [] : [{ inA, inB }];
  });
  return longestRising(shared);
}

/** Line -> its place, of those that are there once. */
function onceIn(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  lines.forEach((line, at) => {
    if (places.has(line)) twice.add(line);
    places.set(line, at);
  });
  for (const line of twice) places.delete(line);
  return places;
}

/** A longest part of them whose places in the second text rise: patience sorting. They come sorted by the first. */
function longestRising(lines: readonly SharedLine[]): SharedLine[] {
  interface Pile {
    readonly line: SharedLine;
    readonly before: Pile | undefined;
  }
  const tops: Pile[] = [];
  for (const line of [...lines].sort((x, y) => x.inA - y.inA)) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (tops[middle].line.inB < line.inB) low = middle + 1;
      else high = middle;
    }
    tops[low] = { line, before: tops[low - 1] };
  }
  const rising: SharedLine[] = [];
  for (let pile = tops.at(-1); pile; pile = pile.before) rising.push(pile.line);
  return rising.reverse();
}

/** Without the lines that begin and end both; undefined: they are the same. */
function spliceOf(
  removed: readonly string[],
  added: readonly string[],
  offset: number,
): Splice | undefined {
  const most = Math.min(removed.length, added.length);
  let head = 0;
  while (head < most && removed[head] === added[head]) head += 1;
  let tail = 0;
  while (
    tail < most - head &&
    removed[removed.length - 1 - tail] === added[added.length - 1 - tail]
  ) {
    tail += 1;
  }
  if (head + tail === removed.length && head + tail === added.length) {
    return undefined;
  }
  const start = offset + lengthOf(removed.slice(0, head));
  const gone = removed.slice(head, removed.length - tail);
  return {
    start,
    end: start + lengthOf(gone),
    text: added.slice(head, added.length - tail).join(''),
  };
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0);
}
