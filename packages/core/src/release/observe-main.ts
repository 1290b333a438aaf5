import type { ReleaseRequest } from 'backstage-plugin-dojo-common';
import type { RemoteRefs } from '../repository/repository-data';
import { withoutPullRequest } from './commits/parse-revert';
import type { NewestHistory } from './observe-newest';
import { maxCommits } from './observe-newest';
import type { GitRepository } from './ports';
import { releaseErrors } from './release-errors';
import type { BesideMain } from './release-state';
import { maintenanceMatcher } from './standing/choose-refs';

const pickedPattern = /^\(cherry picked from commit ([0-9a-f]{40,64})\)$/gm;

/**
 * Refuses a branch that is neither the one that releases come from nor a maintenance branch. Whoever names no pattern
 * (a person at a terminal) may name any branch.
 *
 * @throws DojoError RELEASE_BRANCH_NOT_MAINTAINED, RELEASE_BRANCH_PATTERN_INVALID
 */
export function ensureMaintained(
  branch: string,
  request: ReleaseRequest,
  { headBranch }: RemoteRefs,
  display: string,
): void {
  const main = request.releaseBranch ?? headBranch;
  const { maintenance } = request;
  if (branch === main || maintenance === undefined) return;
  const matches =
    maintenance === ''
      ? () => false
      : maintenanceMatcher({ maintenance }, display);
  if (!matches(branch)) {
    throw releaseErrors.branchNotMaintained(branch, main, maintenance);
  }
}

/**
 * What the branch that releases come from has of the commits of another one. A commit that was picked over has another
 * id there, and is known by its subject, or by what `git cherry-pick -x` writes.
 *
 * @returns undefined where that very branch is released, or there is none.
 */
export async function observeMain(
  branch: string,
  { releaseBranch }: ReleaseRequest,
  { branches, headBranch }: RemoteRefs,
  { commits, newest }: NewestHistory,
  repository: GitRepository,
  signal: AbortSignal,
): Promise<BesideMain | undefined> {
  const main = releaseBranch ?? headBranch;
  const head = main === undefined ? undefined : branches.get(main);
  if (main === undefined || head === undefined || branch === main) {
    return undefined;
  }
  const ancestors = await repository.readAncestors(
    head,
    commits.map(({ oid }) => oid),
    signal,
  );
  const since = newest && {
    ref: `refs/tags/${newest.release.tag}`,
    commit: newest.release.commit,
  };
  const range = await repository.readCommits(
    { head, cap: maxCommits, ...(since && { since }) },
    signal,
  );
  const there = range?.commits ?? [];
  const subjects = new Set(there.map(({ message }) => subjectOf(message)));
  const picked = new Set(there.flatMap(({ message }) => pickedFrom(message)));
  const known = new Set(there.map(({ oid }) => oid));
  const holds = commits.filter(
    ({ oid, message }) =>
      ancestors.has(oid) ||
      subjects.has(subjectOf(message)) ||
      picked.has(oid) ||
      pickedFrom(message).some(from => known.has(from)),
  );
  return { branch: main, holds: holds.map(({ oid }) => oid) };
}

function subjectOf(message: string): string {
  return withoutPullRequest(message.trimStart().split('\n', 1)[0].trimEnd());
}

function pickedFrom(message: string): string[] {
  return [...message.matchAll(pickedPattern)].map(([, oid]) => oid);
}
