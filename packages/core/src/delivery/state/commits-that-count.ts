import type { ReleasedCommit } from '../facts';
import { millisOf } from '../words/clock-time';

/** Without merges, and without pairs of a commit and what takes it back. */
export function commitsThatCount(
  commits: readonly ReleasedCommit[],
): readonly ReleasedCommit[] {
  const here = new Set(commits.map(({ sha }) => sha));
  const gone = new Set<string>();
  // Newest first, so that what takes a revert back leaves what that had taken back.
  const newestFirst = [...commits].sort(
    (a, b) => millisOf(b.at) - millisOf(a.at),
  );
  for (const { sha, reverts } of newestFirst) {
    if (reverts === undefined || gone.has(sha) || gone.has(reverts)) continue;
    if (!here.has(reverts) || reverts === sha) continue;
    gone.add(sha);
    gone.add(reverts);
  }
  return commits.filter(({ sha, isMerge }) => !isMerge && !gone.has(sha));
}
