import {
  isDojoError,
  releaseRequestSchema,
} from 'backstage-plugin-dojo-common';
import type {
  CommitVerdict,
  DeliveryLine,
  ReleaseRequest,
} from 'backstage-plugin-dojo-common';
import type {
  ObservedFile,
  VersionTag,
} from '../../repository/repository-data';
import type { RepositoryLinks } from '../../repository/repository-links';
import { highestLevel, judgeCommits } from '../commits/judge-commits';
import type { JudgedCommit } from '../commits/judge-commits';
import { pullRequestOf } from '../commits/parse-revert';
import { lackingSentence } from '../besides-main';
import { decideVersion } from '../decide-version';
import type { ReleaseState } from '../release-state';
import type { ShownCommit } from './ports';
import type { StandingRequest } from './standing';

/** Commits of a line that are shown. */
const maxShown = 20;
/** Characters of a subject. */
const maxSubject = 300;
/** Characters of a sentence. */
const maxSentence = 1_000;

/** A branch, and what it holds beyond its newest version. */
export interface ObservedLine {
  readonly branch: string;
  readonly head: string;
  readonly newest?: VersionTag;
  readonly newestStable?: VersionTag;
  /** Newest first, as many as are read. */
  readonly commits: readonly ShownCommit[];
  /** How many there are. */
  readonly count: number;
  /** Between a pre-release and the stable version before it. */
  readonly earlier: readonly ShownCommit[];
  /** Version files, where there is no version yet. */
  readonly files: readonly ObservedFile[];
  /** Those that count and that the release branch does not have. */
  readonly lacking: readonly CommitVerdict[];
  /** The release branch. */
  readonly main: string;
}

/** What all lines of a repository have in common. */
export interface LineSurroundings {
  readonly request: StandingRequest;
  readonly prefix: string;
  readonly tags: readonly VersionTag[];
  readonly isUnreadAbove: boolean;
  readonly links?: RepositoryLinks;
}

/** What waits on a branch, judged as a release of it would be; what counts comes first. */
export function judgeLine(
  line: ObservedLine,
  around: LineSurroundings,
): DeliveryLine {
  const { branch, head, commits, count, newest, lacking } = line;
  const { links } = around;
  const judged = judge(commits);
  const shown = byWeight(judged).slice(0, maxShown);
  const next = nextOf(line, around, judged);
  return {
    branch,
    head,
    commits: shown.map(at => toShown(judged[at].verdict, commits[at], links)),
    omitted: count - shown.length,
    count,
    counting: judged.filter(({ verdict }) => verdict.level !== 'none').length,
    breaking: judged.filter(({ verdict }) => verdict.level === 'major').length,
    ...(next && { next }),
    ...(count > commits.length && { capped: true as const }),
    ...(lacking.length > 0 && {
      notOnMain: lacking.length,
      notOnMainSentence: lackingSentence(lacking, line.main).slice(
        0,
        maxSentence,
      ),
    }),
    ...(newest && links && { compareUrl: links.compare(newest.name, branch) }),
  };
}

/** Commits by what they ask of a version. */
export function judge(commits: readonly ShownCommit[]): JudgedCommit[] {
  return judgeCommits(
    commits.map(({ oid, parents, message }) => ({
      sha: oid,
      parents,
      message,
    })),
  );
}

const weights = ['major', 'minor', 'patch', 'none'];

/** Places of the commits: what breaks, features, fixes, the rest; newest first among their like. */
function byWeight(judged: readonly JudgedCommit[]): number[] {
  const weightOf = (at: number) => weights.indexOf(judged[at].verdict.level);
  return judged
    .map((_, at) => at)
    .sort((a, b) => weightOf(a) - weightOf(b) || a - b);
}

function toShown(
  verdict: CommitVerdict,
  { oid, author, at }: ShownCommit,
  links: RepositoryLinks | undefined,
): DeliveryLine['commits'][number] {
  const number = requestNumber(verdict.subject);
  return {
    sha: oid,
    subject: verdict.subject.slice(0, maxSubject),
    author,
    at,
    level: verdict.level,
    reason: verdict.reason.slice(0, maxSubject),
    breaking: verdict.breaking,
    ...(number !== undefined && {
      pr: { number, ...(links && { url: links.request(number) }) },
    }),
    ...(links && { url: links.commit(oid) }),
  };
}

/** Number of the pull or merge request that a commit came by. */
export function requestNumber(subject: string): number | undefined {
  return pullRequestOf(subject);
}

function nextOf(
  line: ObservedLine,
  around: LineSurroundings,
  judged: readonly JudgedCommit[],
): DeliveryLine['next'] {
  if (around.isUnreadAbove || line.commits.length === 0) return undefined;
  const request = toReleaseRequest(line.branch, around.request);
  if (request === undefined) return undefined;
  try {
    const decision = decideVersion(toState(line, around), request);
    if (decision.kind !== 'release') return undefined;
    const { version, reason } = decision;
    const level = highestLevel(judged);
    return {
      version,
      level,
      sentence: {
        code: 'next-version',
        values: {
          version,
          level,
          ...(line.newest && { from: line.newest.version }),
        },
        sentence: reason,
      },
    };
  } catch (error) {
    // What a release would be refused for is told where it is planned; no version is better than a wrong one.
    if (isDojoError(error)) return undefined;
    throw error;
  }
}

function toReleaseRequest(
  branch: string,
  { repository, tagPrefix, path }: StandingRequest,
): ReleaseRequest | undefined {
  return releaseRequestSchema.safeParse({
    repository,
    branch,
    bump: 'auto',
    ...(tagPrefix !== undefined && { tagPrefix }),
    ...(path !== undefined && { path }),
  }).data;
}

/** As far as a version is decided by it. */
function toState(
  line: ObservedLine,
  { request, prefix, tags }: LineSurroundings,
): ReleaseState {
  const { branch, head, newest, newestStable, commits, earlier, files } = line;
  return {
    repository: request.repository,
    branch,
    base: head,
    tagPrefix: prefix,
    versionTags: tags,
    isTagged: tags.some(({ commit }) => commit === head),
    ...(newest && {
      newest: {
        tag: newest.name,
        version: newest.version,
        commit: newest.commit,
        notes: '',
      },
    }),
    ...(newestStable && { newestStable }),
    commits,
    earlierCommits: earlier,
    files,
    author: { name: '', email: '' },
    today: '',
    warnings: [],
  };
}
