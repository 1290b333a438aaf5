import type { PrivateCopy } from './private-copy';

const milliseconds = 50;

/** The watch over a copy's folder. */
export interface DiskWatch {
  /** Looks now. @returns the most that was seen. */
  readonly look: () => Promise<number>;
  readonly stop: () => void;
}

/** Looks again and again what a copy and its spilled data take: DuckDB removes what it spilled when it is done with it. */
export function watchDisk(copy: Pick<PrivateCopy, 'usage'>): DiskWatch {
  let most = 0;
  const look = async () => {
    most = Math.max(most, await copy.usage());
    return most;
  };
  const timer = setInterval(
    // What cannot be looked at now is looked at again.
    () => void look().catch(() => undefined),
    milliseconds,
  );
  return { look, stop: () => clearInterval(timer) };
}
