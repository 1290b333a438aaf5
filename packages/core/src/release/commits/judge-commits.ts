import { shortOid } from 'backstage-plugin-dojo-common';
import type { BumpLevel, CommitVerdict } from 'backstage-plugin-dojo-common';
import type { RevertFate } from './cancel-reverts';
import { cancelReverts } from './cancel-reverts';
import type { ConventionalCommit, MessageParts } from './parse-commit';
import { parseCommit, splitMessage } from './parse-commit';
import type { RevertClaim } from './parse-revert';
import { parseRevert } from './parse-revert';
import { listedMessages } from './listed-messages';

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
  const fates = cancelReverts(read);
  return read.map((commit, index) =>
    judge(commit, fates[index], read, options.squash ?? 'title'),
  );
}

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

function judge(
  commit: ReadCommit,
  fate: RevertFate,
  range: readonly ReadCommit[],
  squash: 'title' | 'body',
): JudgedCommit {
  const { sha, subject, parsed } = commit;
  const { level, reason, ...rest } = judgeFate(commit, fate, range, squash);
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
    const names = fate.targets.map(target => nameOf(range[target]));
    return { level: 'none', reason: `reverts ${names.join(', ')}` };
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

function isMerge(subject: string, parents: readonly string[] = []): boolean {
  return (
    parents.length > 1 ||
    /^Merge (?:branch|branches|tag|tags|commit|commits|remote-tracking branch|pull request)\b|^Merged in /.test(
      subject,
    )
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
