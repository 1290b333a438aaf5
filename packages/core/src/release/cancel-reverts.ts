import type { RevertClaim } from './parse-revert';
import { pullRequestOf, withoutPullRequest } from './parse-revert';

/** What cancelling needs to know of a commit. */
export interface RevertableCommit {
  readonly sha?: string;
  readonly parents?: readonly string[];
  readonly subject: string;
  readonly reverts?: RevertClaim;
}

/** What became of a commit in its range. */
export type RevertFate =
  | { readonly kind: 'stands' }
  /** A later commit of the range, by index, took it back, and stands itself. */
  | { readonly kind: 'reverted'; readonly by: number }
  /** A revert whose targets, by index, are all in the range. */
  | { readonly kind: 'cancels'; readonly targets: readonly number[] }
  /** A revert of something before the range, or of something it does not name clearly. */
  | { readonly kind: 'reverts-released' };

/**
 * Plays a range (newest first) from its oldest commit on, so that a revert finds what it took back, and the revert of a
 * revert gives it back.
 *
 * A target is found by hash where the revert names one and hashes are known (an abbreviation has to be unique in the
 * range), else by pull request number, else by subject where exactly one older commit that stands has it.
 */
export function cancelReverts(
  commits: readonly RevertableCommit[],
): RevertFate[] {
  const range = indexRange(commits);
  const revertedBy: (number | undefined)[] = commits.map(() => undefined);
  const targets = new Map<number, readonly number[]>();
  const whole = new Set<number>();

  const set = (index: number, cause: number | undefined) => {
    const open: [number, number | undefined][] = [[index, cause]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [at, by] = next;
      const stood = revertedBy[at] === undefined;
      revertedBy[at] = by;
      if (stood === (by === undefined)) continue;
      // A revert that falls gives its targets back; one that is given back takes them again.
      for (const target of targets.get(at) ?? []) {
        open.push([target, by === undefined ? at : undefined]);
      }
    }
  };

  for (let index = commits.length - 1; index >= 0; index -= 1) {
    const claim = commits[index].reverts;
    if (claim === undefined) continue;
    const found = findTargets(claim, range, older(index, revertedBy));
    if (found.all) whole.add(index);
    const reached = found.indexes.flatMap(target => [
      target,
      ...mergedBy(commits, range, target),
    ]);
    targets.set(index, reached);
    for (const target of reached) set(target, index);
  }

  return commits.map((commit, index): RevertFate => {
    const by = revertedBy[index];
    if (by !== undefined) return { kind: 'reverted', by };
    if (commit.reverts === undefined) return { kind: 'stands' };
    if (!whole.has(index)) return { kind: 'reverts-released' };
    return { kind: 'cancels', targets: targets.get(index) ?? [] };
  });
}

interface RangeIndex {
  readonly bySha: ReadonlyMap<string, number>;
  /** By the first seven digits. */
  readonly byPrefix: ReadonlyMap<string, readonly [number, string][]>;
  readonly pullRequests: readonly (number | undefined)[];
  readonly byPullRequest: ReadonlyMap<number, readonly number[]>;
  readonly bySubject: ReadonlyMap<string, readonly number[]>;
}

/** Whether a commit is older than the revert, and whether it stands when the revert comes. */
interface Candidates {
  isOlder(index: number): boolean;
  stands(index: number): boolean;
}

function older(
  revert: number,
  revertedBy: readonly (number | undefined)[],
): Candidates {
  return {
    isOlder: index => index > revert,
    stands: index => index > revert && revertedBy[index] === undefined,
  };
}

function findTargets(
  claim: RevertClaim,
  range: RangeIndex,
  candidates: Candidates,
): { readonly indexes: readonly number[]; readonly all: boolean } {
  if (claim.shas.length > 0 && range.byPrefix.size > 0) {
    const found = claim.shas.map(sha => findSha(sha, range));
    const indexes = found.filter(
      (index): index is number =>
        index !== undefined && candidates.isOlder(index),
    );
    return { indexes, all: indexes.length === claim.shas.length };
  }
  const indexes =
    findPullRequest(claim, range, candidates) ??
    findSubject(claim, range, candidates);
  return { indexes, all: indexes.length > 0 };
}

function findSha(sha: string, range: RangeIndex): number | undefined {
  const exact = range.bySha.get(sha);
  if (exact !== undefined) return exact;
  const matches = (range.byPrefix.get(sha.slice(0, 7)) ?? []).filter(
    ([, full]) => full.startsWith(sha),
  );
  return matches.length === 1 ? matches[0][0] : undefined;
}

function findPullRequest(
  claim: RevertClaim,
  range: RangeIndex,
  candidates: Candidates,
): number[] | undefined {
  if (claim.pullRequest === undefined) return undefined;
  const found = range.byPullRequest.get(claim.pullRequest) ?? [];
  const standing = found.filter(candidates.stands);
  return standing.length === 1 ? standing : undefined;
}

function findSubject(
  claim: RevertClaim,
  range: RangeIndex,
  candidates: Candidates,
): number[] {
  if (claim.subject === undefined) return [];
  const found = range.bySubject.get(claim.subject) ?? [];
  const standing = found.filter(
    index =>
      candidates.stands(index) &&
      // Of another pull request, it only has the same title.
      (claim.pullRequest === undefined ||
        range.pullRequests[index] === undefined),
  );
  return standing.length === 1 ? standing : [];
}

function indexRange(commits: readonly RevertableCommit[]): RangeIndex {
  const bySha = new Map<string, number>();
  const byPrefix = new Map<string, [number, string][]>();
  const byPullRequest = new Map<number, number[]>();
  const bySubject = new Map<string, number[]>();
  const pullRequests = commits.map(({ subject }) => pullRequestOf(subject));
  commits.forEach(({ sha, subject }, index) => {
    if (sha !== undefined) {
      bySha.set(sha.toLowerCase(), index);
      append(byPrefix, sha.slice(0, 7).toLowerCase(), [
        index,
        sha.toLowerCase(),
      ] as [number, string]);
    }
    const pullRequest = pullRequests[index];
    if (pullRequest !== undefined) append(byPullRequest, pullRequest, index);
    for (const text of new Set([subject, withoutPullRequest(subject)])) {
      append(bySubject, text, index);
    }
  });
  return { bySha, byPrefix, pullRequests, byPullRequest, bySubject };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** What a merge commit brought: the commits of the range that its other parents lead to, and its first does not. */
function mergedBy(
  commits: readonly RevertableCommit[],
  range: RangeIndex,
  index: number,
): number[] {
  const [first, ...others] = commits[index].parents ?? [];
  if (others.length === 0) return [];
  const reach = (from: readonly string[], except: ReadonlySet<number>) => {
    const seen = new Set<number>();
    const open = [...from];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      const at = findSha(sha.toLowerCase(), range);
      if (at === undefined || seen.has(at) || except.has(at)) continue;
      seen.add(at);
      open.push(...(commits[at].parents ?? []));
    }
    return seen;
  };
  return [...reach(others, reach([first], new Set()))];
}
