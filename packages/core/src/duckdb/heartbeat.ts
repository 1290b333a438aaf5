/** Options of {@link startHeartbeat}. */
export interface HeartbeatOptions {
  /** Milliseconds between two lines. */
  readonly every: number;
  readonly log: (line: string) => void;
  /** What runs now. */
  readonly what: () => string;
  /** Bytes of the copy. */
  readonly size: () => Promise<number>;
}

const million = 1_000_000;

/** Says every so often that something long still runs, since when, and how large the copy has become. */
export function startHeartbeat(options: HeartbeatOptions): () => void {
  let since = performance.now();
  let last = options.what();
  const timer = setInterval(async () => {
    const now = options.what();
    if (now !== last) {
      last = now;
      since = performance.now();
    }
    const seconds = Math.round((performance.now() - since) / 1_000);
    const megabytes = ((await options.size()) / million).toFixed(1);
    options.log(
      `${now}: still at it after ${seconds} s, the copy has ${megabytes} MB`,
    );
  }, options.every);
  return () => clearInterval(timer);
}
