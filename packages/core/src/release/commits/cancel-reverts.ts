import type { CommitRangeIndex } from './commit-range-index';
import type { MergedCommits } from './merged-commits';
import type { RevertClaim } from './parse-revert';
import { settleReverts } from './settle-reverts';
import { namesIn, StandingCommits } from './standing-commits';

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
 * So many levels of "revert of a revert" are followed where reverts name no hash, and so many commits looked at for each
 * of the range: nobody writes more.
 */
const maxLevels = 1_000;
const stepsEach = 50;
/** Targets that a fate names, and commits that each merge among them brought: a few more than anybody is told. */
const maxNamed = 25;

interface Targets {
  readonly indexes: readonly number[];
  /** Whether all that the revert names are in the range. */
  readonly all: boolean;
}

/**
 * Finds what reverts take back. A revert that names no hash is matched with what stands when it comes, so that the range
 * is played from its oldest commit on.
 */
class RevertPlay {
  readonly #commits: readonly RevertableCommit[];
  readonly #merged: MergedCommits;
  readonly #range: CommitRangeIndex;
  readonly #standing: StandingCommits;
  readonly #revertedBy: (number | undefined)[];
  readonly #targets = new Map<number, Targets>();
  /** Whether a revert names no hash; else what stands at the time matters to none. */
  readonly #isNamed: boolean;
  /** The commit that is played; newer ones have a lower index. */
  #now: number;
  #stepsLeft: number;

  constructor(
    commits: readonly RevertableCommit[],
    merged: MergedCommits,
    range: CommitRangeIndex,
  ) {
    this.#commits = commits;
    this.#merged = merged;
    this.#range = range;
    this.#now = commits.length;
    this.#stepsLeft = stepsEach * commits.length;
    this.#revertedBy = commits.map(() => undefined);
    const claims = commits.flatMap(({ reverts }) => (reverts ? [reverts] : []));
    const asked = new Set(
      claims.filter(claim => !this.#isByHash(claim)).flatMap(namesIn),
    );
    this.#isNamed = asked.size > 0;
    this.#standing = new StandingCommits(commits, asked);
  }

  play(): ReadonlyMap<number, Targets> {
    for (let index = this.#commits.length - 1; index >= 0; index -= 1) {
      this.#now = index;
      const claim = this.#commits[index].reverts;
      const stands = this.#revertedBy[index] === undefined;
      if (claim !== undefined) {
        const targets = this.#findTargets(claim, index);
        this.#targets.set(index, targets);
        if (stands && this.#isNamed) this.#set(targets.indexes, index);
      }
      // From here on newer commits may name it.
      if (stands) this.#standing.add(index);
    }
    return this.#targets;
  }

  /** Takes commits back, or gives them back where there is no cause, with all that hangs on each of them. */
  #set(indexes: readonly number[], cause: number | undefined): void {
    const open: [number, number | undefined, number][] = [];
    const push = (
      targets: readonly number[],
      by: number | undefined,
      level: number,
    ) => {
      for (const target of targets) {
        if (this.#stepsLeft <= 0) return;
        const brought = this.#merged.broughtBy(target, this.#stepsLeft);
        this.#stepsLeft -= 1 + brought.length;
        for (const at of brought) open.push([at, by, level]);
        open.push([target, by, level]);
      }
    };
    push(indexes, cause, 1);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [at, by, level] = next;
      const stood = this.#revertedBy[at] === undefined;
      this.#revertedBy[at] = by;
      if (stood === (by === undefined)) continue;
      if (by !== undefined) this.#standing.delete(at);
      else if (at >= this.#now) this.#standing.add(at);
      if (level === maxLevels) continue;
      // A revert that falls gives its targets back; one that is given back takes them again.
      const targets = this.#targets.get(at)?.indexes ?? [];
      push(targets, by === undefined ? at : undefined, level + 1);
    }
  }

  #findTargets(claim: RevertClaim, revert: number): Targets {
    if (this.#isByHash(claim)) {
      const indexes = claim.shas.flatMap(sha => {
        const index = this.#range.find(sha);
        return index === undefined || index === revert ? [] : [index];
      });
      return { indexes, all: indexes.length === claim.shas.length };
    }
    for (const name of namesIn(claim)) {
      const index = this.#standing.only(name);
      if (index !== undefined) return { indexes: [index], all: true };
    }
    return { indexes: [], all: false };
  }

  #isByHash({ shas }: RevertClaim): boolean {
    return shas.length > 0 && !this.#range.isEmpty;
  }
}

/**
 * What became of each commit of a range (newest first): a revert takes back what it names, and the revert of a revert
 * gives it back.
 *
 * A target is found by hash where the revert names one and hashes are known (an abbreviation has to be unique in the
 * range), wherever in the range it stands: of two lines that were merged, neither comes first. Else it is found by pull
 * request number, else by subject where exactly one older commit that stands has it.
 */
export function cancelReverts(
  commits: readonly RevertableCommit[],
  range: CommitRangeIndex,
  merged: MergedCommits,
): RevertFate[] {
  if (!commits.some(({ reverts }) => reverts !== undefined)) {
    return commits.map(() => ({ kind: 'stands' }));
  }
  const targets = new RevertPlay(commits, merged, range).play();
  const indexes = new Map(
    [...targets].map(([revert, found]) => [revert, found.indexes]),
  );
  const revertedBy = settleReverts(commits.length, indexes, merged);
  return commits.map((_, index): RevertFate => {
    const by = revertedBy[index];
    if (by !== undefined) return { kind: 'reverted', by };
    const found = targets.get(index);
    if (found === undefined) return { kind: 'stands' };
    if (!found.all) return { kind: 'reverts-released' };
    const named = found.indexes
      .slice(0, maxNamed)
      .flatMap(target => [
        target,
        ...[...merged.broughtBy(target, maxNamed)].sort((a, b) => a - b),
      ]);
    return { kind: 'cancels', targets: named };
  });
}
