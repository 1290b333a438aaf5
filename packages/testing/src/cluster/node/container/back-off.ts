/** Milliseconds between tries. */
export interface BackOff {
  /** After the first failure that is waited for; each further one waits twice as long. */
  readonly first: number;
  readonly most: number;
}

/** What the kubelet waits, which its messages tell. Source: Kubernetes, "Container restart policy". */
export const kubeletBackOff: BackOff = { first: 10_000, most: 300_000 };

/** How long to wait after so many failures, counted from 1. */
export function backOffAfter(failures: number, backOff: BackOff): number {
  return Math.min(
    backOff.most,
    backOff.first * 2 ** Math.min(failures - 1, 30),
  );
}
