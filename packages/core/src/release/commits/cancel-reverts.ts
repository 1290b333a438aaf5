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
 * So many levels of "revert of a revert" are followed: nobody writes more, and each level costs a step for every revert
 * above it.
 */
const maxLevels = 1_000;

const pullRequestName = (pullRequest: number) => `#${pullRequest}`;
const subjectName = (subject: string) => `subject ${subject}`;
/** Of a commit that no pull request brought, as far as its subject tells. */
const ownSubjectName = (subject: string) => `own subject ${subject}`;

function namesOf({ subject }: RevertableCommit): string[] {
  const pullRequest = pullRequestOf(subject);
  if (pullRequest === undefined) {
    return [subjectName(subject), ownSubjectName(subject)];
  }
  return [
    pullRequestName(pullRequest),
    subjectName(subject),
    subjectName(withoutPullRequest(subject)),
  ];
}

/**
 * The commits that stand when a revert comes, by the names that a revert may give them. Kept as the play goes on, so
 * that a lookup costs the same whether one commit or ten thousand have the name.
 */
class Standing {
  readonly #commits: readonly RevertableCommit[];
  readonly #asked: ReadonlySet<string>;
  readonly #names: (readonly string[] | undefined)[];
  readonly #byName = new Map<string, Set<number>>();

  /** @param asked the names that are ever looked up; others cost nothing. */
  constructor(
    commits: readonly RevertableCommit[],
    asked: ReadonlySet<string>,
  ) {
    this.#commits = commits;
    this.#asked = asked;
    this.#names = commits.map(() => undefined);
  }

  add(index: number): void {
    for (const name of this.#namesOf(index)) {
      const indexes = this.#byName.get(name);
      if (indexes) indexes.add(index);
      else this.#byName.set(name, new Set([index]));
    }
  }

  delete(index: number): void {
    for (const name of this.#namesOf(index)) {
      this.#byName.get(name)?.delete(index);
    }
  }

  /** @returns the one commit of this name that stands; undefined where none or several do. */
  only(name: string): number | undefined {
    const indexes = this.#byName.get(name);
    return indexes?.size === 1 ? [...indexes][0] : undefined;
  }

  #namesOf(index: number): readonly string[] {
    return (this.#names[index] ??= namesOf(this.#commits[index]).filter(name =>
      this.#asked.has(name),
    ));
  }
}

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
  if (!commits.some(({ reverts }) => reverts !== undefined)) {
    return commits.map(() => ({ kind: 'stands' }));
  }
  const range = indexRange(commits);
  const standing = new Standing(commits, askedNames(commits, range));
  const revertedBy: (number | undefined)[] = commits.map(() => undefined);
  const targets = new Map<number, readonly number[]>();
  const whole = new Set<number>();

  const set = (index: number, cause: number | undefined) => {
    const open: [number, number | undefined, number][] = [[index, cause, 1]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [at, by, level] = next;
      const stood = revertedBy[at] === undefined;
      revertedBy[at] = by;
      if (stood === (by === undefined)) continue;
      if (by === undefined) standing.add(at);
      else standing.delete(at);
      if (level === maxLevels) continue;
      // A revert that falls gives its targets back; one that is given back takes them again.
      for (const target of targets.get(at) ?? []) {
        open.push([target, by === undefined ? at : undefined, level + 1]);
      }
    }
  };

  for (let index = commits.length - 1; index >= 0; index -= 1) {
    const claim = commits[index].reverts;
    if (claim !== undefined) {
      const found = findTargets(claim, index, range, standing);
      if (found.all) whole.add(index);
      const reached = found.indexes.flatMap(target => [
        target,
        ...mergedBy(commits, range, target),
      ]);
      targets.set(index, reached);
      for (const target of reached) set(target, index);
    }
    // From here on newer commits may name it.
    if (revertedBy[index] === undefined) standing.add(index);
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
}

function findTargets(
  claim: RevertClaim,
  revert: number,
  range: RangeIndex,
  standing: Standing,
): { readonly indexes: readonly number[]; readonly all: boolean } {
  if (isByHash(claim, range)) {
    const found = claim.shas.map(sha => findSha(sha, range));
    const indexes = found.filter(
      (index): index is number => index !== undefined && index > revert,
    );
    return { indexes, all: indexes.length === claim.shas.length };
  }
  const index = findNamed(claim, standing);
  return index === undefined
    ? { indexes: [], all: false }
    : { indexes: [index], all: true };
}

function isByHash({ shas }: RevertClaim, { byPrefix }: RangeIndex): boolean {
  return shas.length > 0 && byPrefix.size > 0;
}

function findNamed(claim: RevertClaim, standing: Standing): number | undefined {
  for (const name of namesIn(claim)) {
    const index = standing.only(name);
    if (index !== undefined) return index;
  }
  return undefined;
}

/** What a revert without a hash names, the surest first. */
function namesIn({ pullRequest, subject }: RevertClaim): string[] {
  if (pullRequest === undefined) {
    return subject === undefined ? [] : [subjectName(subject)];
  }
  return [
    pullRequestName(pullRequest),
    // A commit of another pull request only has the same title.
    ...(subject === undefined ? [] : [ownSubjectName(subject)]),
  ];
}

function askedNames(
  commits: readonly RevertableCommit[],
  range: RangeIndex,
): ReadonlySet<string> {
  const claims = commits.flatMap(({ reverts }) => (reverts ? [reverts] : []));
  return new Set(
    claims.filter(claim => !isByHash(claim, range)).flatMap(namesIn),
  );
}

function findSha(sha: string, range: RangeIndex): number | undefined {
  const exact = range.bySha.get(sha);
  if (exact !== undefined) return exact;
  const matches = (range.byPrefix.get(sha.slice(0, 7)) ?? []).filter(
    ([, full]) => full.startsWith(sha),
  );
  return matches.length === 1 ? matches[0][0] : undefined;
}

function indexRange(commits: readonly RevertableCommit[]): RangeIndex {
  const bySha = new Map<string, number>();
  const byPrefix = new Map<string, [number, string][]>();
  commits.forEach(({ sha }, index) => {
    if (sha === undefined) return;
    const whole = sha.toLowerCase();
    bySha.set(whole, index);
    append(byPrefix, whole.slice(0, 7), [index, whole] as [number, string]);
  });
  return { bySha, byPrefix };
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
