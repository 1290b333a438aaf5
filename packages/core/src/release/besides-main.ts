import { isHighestStable, isStable } from '../repository/version-tags';
import type { JudgedCommit } from './commits/judge-commits';
import { withoutPullRequest } from './commits/parse-revert';
import type { ReleaseState } from './release-state';

/** Subjects that are named; of more only how many there are is told. */
const maxNamed = 3;

/** Says which of the branch's changes the branch that releases come from still lacks. */
export function notOnMain(
  { main }: ReleaseState,
  judged: readonly JudgedCommit[],
): string[] {
  if (main === undefined) return [];
  const holds = new Set(main.holds);
  const missing = judged
    .map(({ verdict }) => verdict)
    .filter(({ level, sha }) => level !== 'none' && !holds.has(sha ?? ''));
  return missing.length === 0 ? [] : [lackingSentence(missing, main.branch)];
}

/** `1 fix of this branch is not on main: fix(net-worth): count credit cards.` */
export function lackingSentence(
  missing: readonly Pick<JudgedCommit['verdict'], 'level' | 'subject'>[],
  branch: string,
): string {
  const isOne = missing.length === 1;
  const what = missing.every(({ level }) => level === 'patch')
    ? 'fix'
    : 'change';
  const count = isOne
    ? `1 ${what} of this branch is`
    : `${missing.length} ${
        what === 'fix' ? 'fixes' : 'changes'
      } of this branch are`;
  const named = missing
    .slice(0, maxNamed)
    .map(({ subject }) => withoutPullRequest(subject))
    .join('; ');
  const more = missing.length > maxNamed ? '; …' : '';
  return `${count} not on ${branch}: ${named}${more}.`;
}

/** The latest release that stays so, where the new version is stable and below it; else undefined. */
export function staysLatest(
  version: string | undefined,
  { versionTags }: ReleaseState,
): string | undefined {
  if (version === undefined || !isStable(version)) return undefined;
  return isHighestStable(version, versionTags)
    ? undefined
    : versionTags.find(tag => isStable(tag.version))?.version;
}
