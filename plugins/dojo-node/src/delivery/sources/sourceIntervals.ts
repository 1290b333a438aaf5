const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How often each kind of source is read, in milliseconds; a source that is older than twice that is late. */
export const sourceIntervals = {
  catalog: 5 * minute,
  repository: 5 * minute,
  infra: 30 * second,
  database: minute,
  registry: 24 * hour,
  tasks: 30 * second,
  /** A watch tells that it lives at least this often: the server ends it after a minute, and it is resumed. */
  cluster: minute,
} as const;

export type SourceKind = keyof typeof sourceIntervals;

/** The longest that a source which fails is left alone. */
export const longestBackoffMs = 10 * minute;

/** A watch that broke is tried again soon: it is one connection for all components of an environment. */
const firstWatchAgainMs = 10 * second;

/** Of a repository's interval, so that a thousand of them are not read at one time. */
const spread = 0.2;

/**
 * When a source is to be read again, in milliseconds from now: its interval, doubled with each failure up to ten minutes; a
 * watch from ten seconds up to its interval.
 *
 * @param chance - from 0 to 1
 */
export function nextReadingIn(
  kind: SourceKind,
  failures: number,
  chance: number,
): number {
  const interval = sourceIntervals[kind];
  if (failures === 0) {
    return kind === 'repository'
      ? interval * (1 - spread + 2 * spread * chance)
      : interval;
  }
  if (kind === 'cluster') {
    return Math.min(
      interval,
      firstWatchAgainMs * 2 ** Math.min(failures - 1, 20),
    );
  }
  return Math.max(
    Math.min(interval, longestBackoffMs),
    Math.min(interval * 2 ** Math.min(failures - 1, 20), longestBackoffMs),
  );
}
