import type { PrivateCopy } from './private-copy';

/** Options of {@link watchDisk}. */
export interface WatchDiskOptions {
  /** Milliseconds that a statement runs before it is watched: a short one has no time to spill much. Default half a second. */
  readonly after?: number;
  /** Milliseconds between two looks; default a twentieth of a second. */
  readonly every?: number;
}

/** The watch over a copy's folder. */
export interface DiskWatch {
  /** Another statement runs from now on. */
  readonly turn: () => void;
  /** Bytes: the most that was seen. */
  readonly most: () => number;
  readonly stop: () => void;
}

/** Looks again and again what a copy and its spilled data take: DuckDB removes what it spilled when it is done with it. */
export function watchDisk(
  copy: Pick<PrivateCopy, 'usage'>,
  { after = 500, every = 50 }: WatchDiskOptions = {},
): DiskWatch {
  let most = 0;
  let since = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - since < after) return;
    copy.usage().then(
      bytes => {
        most = Math.max(most, bytes);
      },
      // What cannot be looked at now is looked at again.
      () => undefined,
    );
  }, every);
  return {
    turn: () => {
      since = performance.now();
    },
    most: () => most,
    stop: () => clearInterval(timer),
  };
}
