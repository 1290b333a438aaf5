/** Options of {@link startHeartbeat}. */
export interface HeartbeatOptions {
  /** Milliseconds between two lines. */
  readonly every: number;
  readonly log: (line: string) => void;
  /** What runs at first. */
  readonly what: string;
  /** Bytes of the copy. */
  readonly size: () => Promise<number>;
}

const million = 1_000_000;

/** The lines of one run. */
export interface Heartbeat {
  /** Something else runs from now on. */
  readonly turnTo: (what: string) => void;
  readonly stop: () => void;
}

/** Says every so often that something long still runs, since when, and how large the copy has become. */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  let now = options.what;
  let since = performance.now();
  const timer = setInterval(async () => {
    const what = now;
    const seconds = Math.round((performance.now() - since) / 1_000);
    const megabytes = ((await options.size()) / million).toFixed(1);
    options.log(
      `${what}: still at it after ${seconds} s, the copy has ${megabytes} MB`,
    );
  }, options.every);
  return {
    turnTo: what => {
      now = what;
      since = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}
