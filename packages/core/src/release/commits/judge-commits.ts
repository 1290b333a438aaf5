import { shortOid } from 'backstage-plugin-dojo-common';
import type { BumpLevel, CommitVerdict } from 'backstage-plugin-dojo-common';
import type { RevertFate } from './cancel-reverts';
import { cancelReverts } from './cancel-reverts';
import { CommitRangeIndex } from './commit-range-index';
import { mergedCommits } from './merged-commits';
import type { ConventionalCommit, MessageParts } from './parse-commit';
import { parseCommit, splitMessage } from './parse-commit';
import type { RevertClaim } from './parse-revert';
import { parseRevert } from './parse-revert';
import { listedMessages } from './listed-messages';
import { toldTwice } from './told-twice';

/** A commit as it is judged: its message, and what is known of its place. */
export interface CommitMessage {
  readonly sha?: string;
  readonly parents?: readonly string[];
  readonly message: string;
}

/** Where the notes list a commit. */
export type NoteSection =
  | 'breaking'
  | 'features'
  | 'fixes'
  | 'performance'
  | 'reverts'
  | 'other';

/** A verdict, and what the notes need beside it. */
export interface JudgedCommit {
  readonly verdict: CommitVerdict;
  /** Absent: the notes leave it out. */
  readonly section?: NoteSection;
  /** The subject that a revert takes back. */
  readonly reverts?: string;
  /** Commits listed in a squash merge's body, newest first, that count in its place. */
  readonly listed?: readonly JudgedCommit[];
}

/** Options of {@link judgeCommits}. */
export interface JudgeCommitsOptions {
  /** Of a squash merge: count its title (default), or the commits listed in its body. */
  readonly squash?: 'title' | 'body';
}

/**
 * One verdict per commit, in the order given (newest first): what it asks of the version, and why. None is dropped:
 * merges, empty and unconventional messages have their reason. The rules are those of docs/reference/commits.md.
 */
export function judgeCommits(
  commits: readonly CommitMessage[],
  options: JudgeCommitsOptions = {},
): JudgedCommit[] {
  const read = commits.map(readCommit);
  const range = new CommitRangeIndex(read);
  const merged = mergedCommits(read, range);
  const fates = cancelReverts(read, range, merged);
  const repeated = toldTwice(read, fates, range, merged);
  return read.map((commit, index) => {
    const fate = fates[index];
    const again = fate.kind === 'stands' ? repeated.get(index) : undefined;
    const judgement: Judgement =
      again === undefined
        ? judgeFate(commit, fate, read, options.squash ?? 'title')
        : { level: 'none', reason: again };
    return toJudged(commit, judgement);
  });
}

/** Commits that a revert is said to take back. */
const maxNamed = 20;

const levels: readonly BumpLevel[] = ['none', 'patch', 'minor', 'major'];

/** The highest level of all: what the range asks of the version. */
export function highestLevel(commits: readonly JudgedCommit[]): BumpLevel {
  const highest = commits.reduce(
    (level, { verdict }) => Math.max(level, levels.indexOf(verdict.level)),
    0,
  );
  return levels[highest];
}

const countingTypes: Readonly<
  Record<string, { level: BumpLevel; section: NoteSection } | undefined>
> = {
  feat: { level: 'minor', section: 'features' },
  fix: { level: 'patch', section: 'fixes' },
  perf: { level: 'patch', section: 'performance' },
};

interface ReadCommit extends MessageParts {
  readonly sha?: string;
  readonly parents?: readonly string[];
  readonly parsed?: ConventionalCommit;
  readonly reverts?: RevertClaim;
}

/** What a message comes to; the rest of its verdict is its text. */
type Judgement = Pick<CommitVerdict, 'level' | 'reason'> &
  Omit<JudgedCommit, 'verdict'>;

function readCommit({ sha, parents, message }: CommitMessage): ReadCommit {
  const parts = splitMessage(message);
  const parsed = parseCommit(message);
  const reverts = parseRevert(parts, parsed);
  return {
    ...(sha !== undefined && { sha }),
    ...(parents !== undefined && { parents }),
    ...parts,
    ...(parsed && { parsed }),
    ...(reverts && { reverts }),
  };
}

function toJudged(
  { sha, subject, parsed }: ReadCommit,
  { level, reason, ...rest }: Judgement,
): JudgedCommit {
  return {
    verdict: {
      ...(sha !== undefined && { sha }),
      subject,
      ...(parsed && {
        type: parsed.type,
        ...(parsed.scope !== undefined && { scope: parsed.scope }),
        description: parsed.description,
        ...(parsed.body !== undefined && { body: parsed.body }),
      }),
      footers: [...(parsed?.footers ?? [])],
      breaking: parsed?.breaking !== undefined,
      level,
      reason,
    },
    ...rest,
  };
}

function judgeFate(
  commit: ReadCommit,
  fate: RevertFate,
  range: readonly ReadCommit[],
  squash: 'title' | 'body',
): Judgement {
  if (fate.kind === 'reverted') {
    return { level: 'none', reason: `reverted by ${nameOf(range[fate.by])}` };
  }
  if (fate.kind === 'stands' || commit.parsed?.breaking) {
    return (
      (squash === 'body' ? judgeListed(commit) : undefined) ?? judgeOwn(commit)
    );
  }
  if (fate.kind === 'cancels') {
    const names = fate.targets
      .slice(0, maxNamed)
      .map(target => nameOf(range[target]));
    const more = fate.targets.length > maxNamed ? ', …' : '';
    return { level: 'none', reason: `reverts ${names.join(', ')}${more}` };
  }
  return {
    level: 'patch',
    reason: 'revert of a released change',
    section: 'reverts',
    ...(commit.reverts?.subject !== undefined && {
      reverts: commit.reverts.subject,
    }),
  };
}

function judgeOwn({ subject, rest, parents, parsed }: ReadCommit): Judgement {
  if (parsed === undefined) {
    if (subject === '' && rest.trim() === '') {
      return { level: 'none', reason: 'empty message' };
    }
    if (isMerge(subject, parents)) {
      return { level: 'none', reason: 'merge commit' };
    }
    const says = /^BREAKING[ -]CHANGE: /m.test(rest)
      ? ', though it says BREAKING CHANGE'
      : '';
    return {
      level: 'none',
      reason: `not conventional${says}`,
      section: 'other',
    };
  }
  if (isReleaseCommit(parsed)) {
    return { level: 'none', reason: 'release commit' };
  }
  if (parsed.breaking) {
    const reason =
      parsed.breaking === 'mark' ? 'breaking: !' : 'BREAKING CHANGE footer';
    return { level: 'major', reason, section: 'breaking' };
  }
  const counting = Object.hasOwn(countingTypes, parsed.type)
    ? countingTypes[parsed.type]
    : undefined;
  return counting
    ? { ...counting, reason: parsed.type }
    : { level: 'none', reason: parsed.type };
}

/** Types of @commitlint/config-conventional: a list with one of them is one of commits, not of remarks. */
const usualTypes: readonly (string | undefined)[] = [
  'build',
  'chore',
  'ci',
  'docs',
  'feat',
  'fix',
  'perf',
  'refactor',
  'revert',
  'style',
  'test',
];

/** The commits of a squash merge's list, where one of them at least is of a usual type; a breaking title counts on. */
function judgeListed(commit: ReadCommit): Judgement | undefined {
  const messages = listedMessages(commit.rest).reverse();
  const listed = judgeCommits(messages.map(message => ({ message })));
  if (!listed.some(({ verdict }) => usualTypes.includes(verdict.type))) {
    return undefined;
  }
  const level = highestLevel(listed);
  if (commit.parsed?.breaking && level !== 'major') return undefined;
  const reason = listed.find(({ verdict }) => verdict.level === level);
  return {
    level,
    reason: `${reason?.verdict.reason} of ${listed.length} squashed commits`,
    listed,
  };
}

/** By its parents; where they are not known, by its subject. A squash may have that of a merge, and is none. */
function isMerge(
  subject: string,
  parents: readonly string[] | undefined,
): boolean {
  return parents !== undefined
    ? parents.length > 1
    : /^Merge (?:branch|branches|tag|tags|commit|commits|remote-tracking branch|pull request)\b|^Merged in /.test(
        subject,
      );
}

/** The commit that a release makes, ours or semantic-release's: it tells of changes, it is none. */
function isReleaseCommit({ type, scope, description }: ConventionalCommit) {
  return (
    type === 'chore' &&
    scope?.toLowerCase() === 'release' &&
    /^v?\d+\.\d+\.\d+/.test(description)
  );
}

function nameOf({ sha, subject }: ReadCommit): string {
  return sha === undefined ? `"${subject}"` : shortOid(sha);
}
