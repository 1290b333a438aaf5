import type { ClusterFacts, Landing } from 'dojo-portal-core/delivery';

/** How what somebody landed came up, as the cluster shows it. */
export interface SeenEnd {
  readonly outcome: 'healthy' | 'failed';
  readonly at: Date;
  readonly cause?: { readonly code: string; readonly sentence: string };
}

/** What comes and goes within a minute is no end; and whoever landed it says it himself before. */
const settledMs = 60_000;

/**
 * How the rollout of the newest landing in an environment ended, where that is to be noted: nobody has yet, it has lasted a
 * minute, and no run of the portal watches it, which notes it itself. Undefined: there is nothing to note. Pure.
 */
export function seenEnd(
  landing: Landing,
  { running, health, cause }: ClusterFacts,
  now: Date,
): SeenEnd | undefined {
  const isOfRun = landing.run !== undefined && landing.mergedBy === undefined;
  if (isOfRun || landing.base === undefined) return undefined;
  const landedAt = Date.parse(landing.at);
  const end = (): SeenEnd | undefined => {
    switch (health.kind) {
      case 'healthy': {
        const isIt =
          running.kind === 'version' &&
          landing.digest !== undefined &&
          running.digest === landing.digest;
        if (!isIt) return undefined;
        const since = Date.parse(health.since ?? running.since);
        return { outcome: 'healthy', at: new Date(Math.max(since, landedAt)) };
      }
      case 'failed':
      case 'down': {
        // What failed before it landed is not its doing.
        if (cause === undefined || Date.parse(cause.since) < landedAt) {
          return undefined;
        }
        const { code, sentence, since } = cause;
        return {
          outcome: 'failed',
          at: new Date(since),
          cause: { code, sentence },
        };
      }
      default:
        return undefined;
    }
  };
  const seen = end();
  if (seen === undefined || seen.outcome === landing.outcome?.kind) {
    return undefined;
  }
  return now.getTime() - seen.at.getTime() < settledMs ? undefined : seen;
}
