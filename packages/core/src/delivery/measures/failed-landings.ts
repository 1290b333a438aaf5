import type { FailureReason } from 'backstage-plugin-dojo-common';
import type { ReleasedCommit } from '../facts';
import { commitsThatCount } from '../state/commits-that-count';
import type { ChainedLanding } from '../state/landing-chain';
import type { Versions } from '../state/versions';
import { millisOf } from '../words/clock-time';

/** A landing that counts as failed, with the first reason that fits. */
export interface FailedLanding {
  readonly link: ChainedLanding;
  /** Where it stands in the chain. */
  readonly at: number;
  readonly reason: FailureReason;
}

/** First and version landings: what failures and deployments are counted among. */
export function isDeployment({ change, outcome }: ChainedLanding): boolean {
  return (
    (change === 'first' || change === 'version') &&
    outcome.kind !== 'superseded' &&
    outcome.kind !== 'waiting'
  );
}

/**
 * The deployments that failed, each once.
 *
 * @param chain - all landings of an environment, oldest first.
 * @param hotfixWindowMs - 0: a fix never makes a failure of what it fixes.
 */
export function failedLandings(
  chain: readonly ChainedLanding[],
  versions: Versions,
  {
    hotfixWindowMs,
    now,
  }: { readonly hotfixWindowMs: number; readonly now: Date },
): FailedLanding[] {
  const failed: FailedLanding[] = [];
  let nextChange: ChainedLanding | undefined;
  let nextDeployment: ChainedLanding | undefined;
  for (let at = chain.length - 1; at >= 0; at--) {
    const link = chain[at];
    if (isDeployment(link)) {
      const reason = reasonOf(link, {
        nextChange,
        nextDeployment,
        versions,
        hotfixWindowMs,
        now,
      });
      if (reason !== undefined) failed.push({ link, at, reason });
      nextDeployment = link;
    }
    // A change of the configuration is no remedy, and hides none.
    if (link.change !== 'configuration') nextChange = link;
  }
  return failed.reverse();
}

interface After {
  readonly nextChange: ChainedLanding | undefined;
  readonly nextDeployment: ChainedLanding | undefined;
  readonly versions: Versions;
  readonly hotfixWindowMs: number;
  readonly now: Date;
}

function reasonOf(
  link: ChainedLanding,
  after: After,
): FailureReason | undefined {
  if (link.outcomes.some(({ kind }) => kind === 'failed')) {
    return 'rollout-failed';
  }
  if (after.nextChange?.change === 'rollback') return 'rolled-back';
  if (wasRejected(link, after)) return 'rejected';
  return isFixed(link, after) ? 'hotfix' : undefined;
}

function wasRejected(
  { version, landing }: ChainedLanding,
  { versions, nextChange, now }: After,
): boolean {
  const rejectedAt = versions.named(version)?.rejected?.at;
  if (rejectedAt === undefined) return false;
  const rejected = millisOf(rejectedAt);
  const left =
    nextChange === undefined ? now.getTime() : millisOf(nextChange.landing.at);
  return rejected >= millisOf(landing.at) && rejected <= left;
}

function isFixed(
  { version, landing }: ChainedLanding,
  { nextDeployment, versions, hotfixWindowMs }: After,
): boolean {
  const fix = nextDeployment?.version;
  if (nextDeployment === undefined) return false;
  if (version === undefined || fix === undefined || hotfixWindowMs <= 0) {
    return false;
  }
  const laterMs = millisOf(nextDeployment.landing.at) - millisOf(landing.at);
  return (
    laterMs <= hotfixWindowMs &&
    versions.isLaterPatch(fix, version) &&
    hasOnlyFixes(fix, version, versions)
  );
}

function hasOnlyFixes(
  fix: string,
  version: string,
  versions: Versions,
): boolean {
  const held = versions.closureOf(version);
  const added = [...versions.closureOf(fix)].filter(each => !held.has(each));
  const commits = commitsThatCount(
    added.flatMap(each => versions.named(each)?.commits ?? []),
  );
  return commits.length > 0 && commits.every(isFix);
}

function isFix({ type, reverts }: ReleasedCommit): boolean {
  return type === 'fix' || type === 'revert' || reverts !== undefined;
}
