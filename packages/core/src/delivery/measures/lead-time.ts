import type { ReleasedCommit } from '../facts';
import { commitsThatCount } from '../state/commits-that-count';
import type { ChainedLanding } from '../state/landing-chain';
import type { Versions } from '../state/versions';
import { millisOf } from '../words/clock-time';

/** What a landing brought that no healthy landing before it had. */
export type LandedCommits =
  | { readonly kind: 'known'; readonly commits: readonly ReleasedCommit[] }
  /** The first landing: its range has no beginning. */
  | { readonly kind: 'first' }
  /** Its version, or what it is made of, is not read. */
  | { readonly kind: 'unknown' };

/** When it was there: when it came up, else when it landed where nobody observed it; undefined: it did not come up. */
export function thereAt(link: ChainedLanding): number | undefined {
  const healthy = link.outcomes.find(({ kind }) => kind === 'healthy');
  if (healthy !== undefined) return millisOf(healthy.at ?? link.landing.at);
  return link.outcome.kind === 'not-observed'
    ? millisOf(link.landing.at)
    : undefined;
}

/**
 * Goes through the landings of an environment in order, and says of each that came up what it brought: the set difference
 * to all that came up before. A commit is brought once. Linear in versions and commits: a version that was seen is never
 * walked again.
 *
 * @param chain - oldest first.
 */
export function commitsOfLandings(
  chain: readonly ChainedLanding[],
  versions: Versions,
): ReadonlyMap<ChainedLanding, LandedCommits> {
  const seenVersions = new Set<string>();
  const seenCommits = new Set<string>();
  const brought = new Map<ChainedLanding, LandedCommits>();
  let isFirst = true;
  for (const link of chain) {
    const { version, change } = link;
    if (change === 'removed' || change === 'configuration') continue;
    if (thereAt(link) === undefined) continue;
    const walked = walk(version, versions, seenVersions);
    const commits = walked.commits.filter(({ sha }) => {
      const isNew = !seenCommits.has(sha);
      seenCommits.add(sha);
      return isNew;
    });
    if (isFirst) brought.set(link, { kind: 'first' });
    else if (change !== 'rollback') {
      brought.set(
        link,
        walked.isWhole
          ? { kind: 'known', commits: commitsThatCount(commits) }
          : { kind: 'unknown' },
      );
    }
    isFirst = false;
  }
  return brought;
}

/** All that a version is made of, but for what was seen; a version that was seen has all of its own seen too. */
function walk(
  version: string | undefined,
  versions: Versions,
  seen: Set<string>,
): { readonly commits: readonly ReleasedCommit[]; readonly isWhole: boolean } {
  if (version === undefined) return { commits: [], isWhole: false };
  const commits: ReleasedCommit[] = [];
  let isWhole = true;
  const open = [version];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const release = versions.named(next);
    if (release === undefined || release.commitsCut) isWhole = false;
    for (const commit of release?.commits ?? []) commits.push(commit);
    for (const part of release?.contains ?? []) open.push(part);
  }
  return { commits, isWhole };
}
