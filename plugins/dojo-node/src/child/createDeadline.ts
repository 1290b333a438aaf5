const unitMilliseconds: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
/** Longer ones fire at once in Node. */
const maxMilliseconds = 2 ** 31 - 1;

/** A signal that aborts with the one it is made of, or when the time is up. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Lets go of the clock. */
  clear(): void;
}

/**
 * @param duration - as `migrationChoicesSchema` takes it: `90s`, `30m`, `2h`
 * @param toReason - what it aborts with when the time is up
 */
export function createDeadline(
  signal: AbortSignal,
  duration: string,
  toReason: () => Error,
): Deadline {
  const abort = new AbortController();
  const milliseconds =
    Number(duration.slice(0, -1)) * unitMilliseconds[duration.slice(-1)];
  const timer = setTimeout(
    () => abort.abort(toReason()),
    Math.min(milliseconds, maxMilliseconds),
  );
  return {
    signal: AbortSignal.any([signal, abort.signal]),
    clear: () => clearTimeout(timer),
  };
}
