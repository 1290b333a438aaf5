import { descendantsOf, residentBytes } from './processTree';

/** Options of {@link watchMemory}. */
export interface WatchMemoryOptions {
  /** Of the process and of all that it started. */
  readonly maxBytes: number;
  /** Called once, with what they hold. */
  readonly onExceeded: (bytes: number) => void;
  /** Milliseconds between two looks; default 100. */
  readonly every?: number;
}

/**
 * Watches how much memory a process and what it started hold together. A limit of the heap alone stops nothing: what a
 * child reads of others lies outside of it. Only Linux tells; elsewhere nothing is watched.
 *
 * @param pid - absent: it could not be started, and there is nothing to watch; nor is there where `maxBytes` is infinite
 * @returns ends the watch.
 */
export function watchMemory(
  pid: number | undefined,
  { maxBytes, onExceeded, every = 100 }: WatchMemoryOptions,
): () => void {
  if (pid === undefined || maxBytes === Infinity) return () => {};
  const timer = setInterval(() => {
    const bytes = [pid, ...descendantsOf(pid)]
      .map(residentBytes)
      .reduce((sum, each) => sum + each, 0);
    if (bytes <= maxBytes) return;
    clearInterval(timer);
    onExceeded(bytes);
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}
