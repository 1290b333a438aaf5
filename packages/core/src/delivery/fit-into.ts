import type { Delivery } from 'backstage-plugin-dojo-common';

type Status = Extract<Delivery, { kind: 'delivery' }>;
type ListName = {
  [Name in keyof Status]-?: Status[Name] extends readonly unknown[]
    ? Name
    : never;
}[keyof Status];

/** Of the answer as JSON. */
export const maxDeliveryBytes = 64 * 1024;

/** One kind of list that can be cut: how long the longest is, and the status with at most `keep` entries in each. */
interface Cut {
  readonly longest: (status: Status) => number;
  /** Below it nothing of the kind is left to say. */
  readonly least: number;
  readonly to: (status: Status, keep: number) => Status;
}

const listCut = (name: ListName, least: number): Cut => ({
  longest: status => status[name].length,
  least,
  to: (status, keep) => ({ ...status, [name]: status[name].slice(0, keep) }),
});

/** From what is missed least to what is missed most. */
const cuts: readonly Cut[] = [
  {
    longest: ({ attention }) => longestOf(attention.map(({ log = [] }) => log)),
    least: 2,
    // The last lines say what it came to.
    to: (status, keep) => ({
      ...status,
      attention: status.attention.map(each =>
        each.log === undefined ? each : { ...each, log: each.log.slice(-keep) },
      ),
    }),
  },
  {
    longest: ({ lines }) => longestOf(lines.map(({ commits }) => commits)),
    least: 1,
    to: (status, keep) => ({
      ...status,
      lines: status.lines.map(line => ({
        ...line,
        commits: line.commits.slice(0, keep),
        omitted: line.omitted + Math.max(0, line.commits.length - keep),
      })),
    }),
  },
  listCut('running', 1),
  listCut('lines', 1),
  listCut('attention', 1),
  listCut('actions', 1),
  listCut('sources', 1),
  listCut('environments', 1),
];

/**
 * The status within a size: lists are cut, each by halves and from its end, and `omitted` says how many entries are gone.
 * What needs somebody comes first in its list, so that the ends are missed least.
 */
export function fitInto(status: Status, maxBytes: number): Status {
  let fitted = status;
  for (const { longest, least, to } of cuts) {
    let keep = longest(fitted);
    while (keep > least && bytesOf(fitted) > maxBytes) {
      keep = Math.max(least, Math.floor(keep / 2));
      const next = to(fitted, keep);
      const omitted =
        (fitted.omitted ?? 0) + entriesOf(fitted) - entriesOf(next);
      fitted = { ...next, omitted };
    }
  }
  return fitted;
}

function entriesOf(status: Status): number {
  const { lines, attention, running, actions, sources, environments } = status;
  return (
    [lines, attention, running, actions, sources, environments].reduce(
      (sum, list) => sum + list.length,
      0,
    ) +
    lines.reduce((sum, { commits }) => sum + commits.length, 0) +
    attention.reduce((sum, { log = [] }) => sum + log.length, 0)
  );
}

function longestOf(lists: readonly (readonly unknown[])[]): number {
  return Math.max(0, ...lists.map(({ length }) => length));
}

function bytesOf(status: Status): number {
  return new TextEncoder().encode(JSON.stringify(status)).length;
}
