/** How long a fault may last before it is taken for one that does not pass. Seconds. */
export const graceSeconds = {
  /** Of reasons that often pass: a Secret that comes a moment later, a registry that is busy. */
  waiting: 30,
  /** Of a pod for which no node is found. */
  unschedulable: 60,
  /** Of pods that the API server refuses: a quota may be given back by the pod that goes. */
  refused: 30,
  /** Of a quota in a rollout of which no former pod is going: one that is about to go is seen within this time. */
  quota: 1,
} as const;

/** A message of a pull after which another one comes to the same: there is no such image, or nobody may read it. */
const hopelessPull =
  /not found|manifest unknown|unauthorized|authentication required|denied|name unknown|invalid reference|no such (?:image|host)|unsupported protocol/i;
/** The registry asks to come back later. */
const rateLimited = /toomanyrequests|too many requests|\b429\b|rate limit/i;

/** What a waiting container means. `fatalAfter`: seconds of it after which it is a failure; undefined: it never is by itself. */
export interface WaitingJudgement {
  readonly fatalAfter: number | undefined;
}

/** Whether a message of a pull says that the registry asks to come back later. */
export function isRateLimited(message: string): boolean {
  return rateLimited.test(message);
}

/**
 * Judges a container's `state.waiting`: Argo CD's reasons (begins with `Err`, ends with `Error` or `BackOff`), and
 * `InvalidImageName`, which is none of them.
 *
 * @returns undefined where it only waits: `ContainerCreating`, `PodInitializing`.
 */
export function judgeWaiting(
  reason: string,
  message: string,
): WaitingJudgement | undefined {
  if (reason === 'CrashLoopBackOff') return { fatalAfter: 0 };
  if (reason === 'InvalidImageName' || reason === 'ErrImageNeverPull') {
    return { fatalAfter: 0 };
  }
  if (!/^Err|Error$|BackOff$/.test(reason)) return undefined;
  if (rateLimited.test(message)) return { fatalAfter: undefined };
  const isPull = /^ErrImage|^ImagePull|^ErrImagePull/.test(reason);
  return {
    fatalAfter: isPull && hopelessPull.test(message) ? 0 : graceSeconds.waiting,
  };
}
