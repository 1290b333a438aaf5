import type { MovedChanges } from 'backstage-plugin-dojo-common';
import type { ReleasedCommit } from '../facts';
import { commitsThatCount } from '../state/commits-that-count';
import type { Versions } from '../state/versions';
import { counted } from '../words/clauses';
import { millisOf } from '../words/clock-time';

const maxShown = 50;

/** What is counted apart, in this order. */
const kinds = ['breaking', 'feature', 'fix', 'performance', 'other'] as const;
type ChangeKind = (typeof kinds)[number];

/**
 * Commits that count in one version and that another one lacks, newest first: without merges and without pairs of a commit
 * and what takes it back. Linear in the commits of the versions that only the first is made of.
 */
export function changesOnlyIn(
  version: string,
  other: string | undefined,
  versions: Versions,
): readonly ReleasedCommit[] {
  const held =
    other === undefined ? new Set<string>() : versions.closureOf(other);
  const commits = [...versions.closureOf(version)]
    .filter(each => !held.has(each))
    .flatMap(each => versions.named(each)?.commits ?? []);
  return commitsThatCount(commits)
    .filter(({ level }) => level !== 'none')
    .sort((a, b) => millisOf(b.at) - millisOf(a.at));
}

/** `6 changes leave: 1 breaking, 2 features, 2 fixes, 1 performance`, or the one that does by its subject. */
export function leavingChanges(
  commits: readonly ReleasedCommit[],
): MovedChanges | undefined {
  const [first] = commits;
  if (first === undefined) return undefined;
  return toMoved(
    commits,
    commits.length === 1
      ? `1 change leaves: ${first.subject}`
      : `${commits.length} changes leave: ${kindsOf(commits)}`,
  );
}

/** `6 changes, 1 breaking`. */
export function comingChanges(
  commits: readonly ReleasedCommit[],
): MovedChanges | undefined {
  if (commits.length === 0) return undefined;
  const breaking = commits.filter(each => each.breaking).length;
  return toMoved(
    commits,
    `${counted(commits.length, 'change')}${
      breaking === 0 ? '' : `, ${breaking} breaking`
    }`,
  );
}

function toMoved(
  commits: readonly ReleasedCommit[],
  sentence: string,
): MovedChanges {
  const shown = commits.slice(0, maxShown);
  return {
    count: commits.length,
    sentence,
    commits: shown.map(({ sha, subject, at, breaking = false, pr }) => ({
      sha,
      subject,
      at,
      breaking,
      ...(pr !== undefined && { pr }),
    })),
    omitted: commits.length - shown.length,
  };
}

function kindsOf(commits: readonly ReleasedCommit[]): string {
  const many: Record<ChangeKind, string> = {
    breaking: 'breaking',
    feature: 'features',
    fix: 'fixes',
    performance: 'performance',
    other: 'others',
  };
  const count = new Map<ChangeKind, number>();
  for (const commit of commits) {
    const kind = kindOf(commit);
    count.set(kind, (count.get(kind) ?? 0) + 1);
  }
  return kinds
    .filter(kind => count.has(kind))
    .map(kind => counted(count.get(kind)!, kind, many[kind]))
    .join(', ');
}

function kindOf({ breaking, type, level }: ReleasedCommit): ChangeKind {
  if (breaking || level === 'major') return 'breaking';
  switch (type?.toLowerCase()) {
    case 'feat':
      return 'feature';
    case 'fix':
      return 'fix';
    case 'perf':
      return 'performance';
    default:
      return 'other';
  }
}
