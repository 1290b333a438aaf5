import { shortOid } from 'backstage-plugin-dojo-common';
import type { RevertFate } from './cancel-reverts';
import type { CommitRangeIndex } from './commit-range-index';
import type { MergedCommits } from './merged-commits';
import type { ConventionalCommit } from './parse-commit';
import { withoutPullRequest } from './parse-revert';

/** What is looked at of a commit. */
export interface RepeatableCommit {
  readonly sha?: string;
  readonly parents?: readonly string[];
  readonly rest: string;
  readonly parsed?: ConventionalCommit;
}

/** So many merges around a commit are asked for its title. */
const maxNesting = 50;
const pickedPattern = /^\(cherry picked from commit ([0-9a-f]{40,64})\)$/gim;

/**
 * The commits that say again what another of the range says, each with the reason why it does not count: a merge that
 * has the title of a commit that it brought (GitHub's "pull request title"), and the cherry-pick of a commit that came
 * by a merge as well. Of a merge that breaks and a commit that does not, the merge counts.
 */
export function toldTwice(
  commits: readonly RepeatableCommit[],
  fates: readonly RevertFate[],
  range: CommitRangeIndex,
  merged: MergedCommits,
): ReadonlyMap<number, string> {
  const repeated = new Map<number, string>();
  const keys = commits.map(({ parsed }) => parsed && keyOf(parsed));
  commits.forEach((commit, index) => {
    const merge = mergeOfSameTitle(index, keys, merged);
    if (merge !== undefined) {
      const keepsMerge =
        commits[merge].parsed?.breaking && !commit.parsed?.breaking;
      const [again, told] = keepsMerge ? [index, merge] : [merge, index];
      const what = keepsMerge ? 'told by' : 'merge commit of';
      repeated.set(again, `${what} ${shortOid(commits[told].sha ?? '')}`);
      return;
    }
    const original = originalOf(commit, range);
    const isToldThere =
      original !== undefined &&
      original !== index &&
      fates[original].kind !== 'reverted' &&
      keys[original] !== undefined &&
      keys[original] === keys[index];
    if (isToldThere) {
      const sha = commits[original].sha ?? '';
      repeated.set(index, `cherry-pick of ${shortOid(sha)}`);
    }
  });
  return repeated;
}

function keyOf({ type, scope, description }: ConventionalCommit): string {
  return JSON.stringify([type, scope, withoutPullRequest(description)]);
}

function mergeOfSameTitle(
  index: number,
  keys: readonly (string | undefined)[],
  merged: MergedCommits,
): number | undefined {
  if (keys[index] === undefined) return undefined;
  let merge = merged.bringerOf(index);
  for (let level = 0; level < maxNesting && merge !== undefined; level += 1) {
    if (keys[merge] === keys[index]) return merge;
    merge = merged.bringerOf(merge);
  }
  return undefined;
}

function originalOf(
  { rest, parsed }: RepeatableCommit,
  range: CommitRangeIndex,
): number | undefined {
  if (parsed === undefined) return undefined;
  // Picked again and again, it names each; the last line is of the last.
  const [, sha] = [...rest.matchAll(pickedPattern)].at(-1) ?? [];
  return sha === undefined ? undefined : range.find(sha.toLowerCase());
}
