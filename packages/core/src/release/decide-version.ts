import { shortOid } from 'backstage-plugin-dojo-common';
import type {
  BumpLevel,
  ReleaseRequest,
  ReleaseVersionChoices,
} from 'backstage-plugin-dojo-common';
import semver from 'semver';
import { isHighestStable, isStable } from '../repository/version-tags';
import { parseReleasedVersion } from './commit-message';
import type { JudgedCommit } from './commits/judge-commits';
import { highestLevel, judgeCommits } from './commits/judge-commits';
import { nextFree, nextVersion, nextVersions } from './next-version';
import type { VersionLine } from './next-version';
import { releaseErrors } from './release-errors';
import type { ReleaseState } from './release-state';
import { versionHolders } from './version-holders';
import type { HolderOf } from './version-holders';
import { readFileVersion } from './version-files/read-file-version';
import type { ObservedCommit } from '../repository/repository-data';

/** What is to be released, and the commits that say so. */
export type VersionDecision = {
  /** One sentence: why this version, or why none. */
  readonly reason: string;
  /** The commits that the release tells of, newest first: since the last stable version for a stable one. */
  readonly judged: readonly JudgedCommit[];
  /** What each way to bump would come to; empty where nothing came since the newest version. */
  readonly choices: ReleaseVersionChoices;
} & (
  | {
      readonly kind: 'release';
      readonly version: string;
      readonly tag: string;
      /** Tags of the image that follow this version: `latest`, `1`, `1.4`. Empty unless it is the highest stable one. */
      readonly movingTags: readonly string[];
    }
  | { readonly kind: 'already-released' }
  | { readonly kind: 'nothing-to-release' }
);

/**
 * Decides the version by the commits, the tags and the request; looks at no image, so that observing can ask it which
 * image tags to read.
 *
 * @throws DojoError RELEASE_TAG_MISSING, RELEASE_VERSION_NOT_ABOVE, RELEASE_VERSION_TAKEN
 */
export function decideVersion(
  state: ReleaseState,
  request: ReleaseRequest,
): VersionDecision {
  refuseUntagged(state);
  const judge = (commits: readonly ObservedCommit[]) =>
    judgeCommits(
      commits.map(({ oid, parents, message }) => ({
        sha: oid,
        parents,
        message,
      })),
      { squash: request.squash },
    );
  const recent = judge(state.commits);
  const level = highestLevel(recent);
  const sinceStable =
    state.earlierCommits.length === 0
      ? recent
      : judge([...state.commits, ...state.earlierCommits]);
  const line = {
    ...(state.newest && { newest: state.newest.version }),
    ...(state.newestStable && { newestStable: state.newestStable.version }),
    ...fileVersionOf(state, request),
    level,
    levelSinceStable: highestLevel(sinceStable),
  };
  const holderOf = versionHolders(state.versionTags);
  const choices = choicesOf(line, state, request, holderOf);
  const already = alreadyReleased(state, request);
  if (already !== undefined) {
    return {
      kind: 'already-released',
      reason: already,
      judged: recent,
      choices,
    };
  }
  const version = nextVersion(line, request);
  if (version === undefined) {
    return {
      kind: 'nothing-to-release',
      reason: nothingReason(state, recent.length, request),
      judged: recent,
      choices,
    };
  }
  refuseTaken(version, state.branch, holderOf);
  return {
    kind: 'release',
    version,
    tag: `${state.tagPrefix}${version}`,
    movingTags: movingTags(version, state, request),
    reason: releaseReason(version, line, request),
    judged: isStable(version) ? sinceStable : recent,
    choices,
  };
}

/**
 * Refuses a release of the newest version by name while commits came since: they would not be in it. Not a part of the
 * plan, since a run that was cut asks for the very version that it has made.
 *
 * @throws DojoError RELEASE_VERSION_EXISTS
 */
export function ensureNotReleased(
  { newest, commits }: ReleaseState,
  { bump }: ReleaseRequest,
  choices: ReleaseVersionChoices | undefined,
): void {
  if (newest === undefined || newest.open !== undefined) return;
  if (bump !== newest.version || commits.length === 0) return;
  throw releaseErrors.versionExists(
    newest.version,
    countOf(commits.length),
    choices?.auto,
  );
}

function choicesOf(
  line: VersionLine,
  { commits, newest }: ReleaseState,
  { preid }: ReleaseRequest,
  holderOf: HolderOf,
): ReleaseVersionChoices {
  if (newest !== undefined && commits.length === 0) return {};
  const isFree = ([, version]: [string, string]) =>
    holderOf(version) === undefined;
  return Object.fromEntries(
    Object.entries(nextVersions(line, preid)).filter(isFree),
  );
}

/** @returns the reason, where what is asked for is there. */
function alreadyReleased(
  { newest, commits, base }: ReleaseState,
  { bump, preid, path }: ReleaseRequest,
): string | undefined {
  if (newest === undefined) return undefined;
  const { version, tag } = newest;
  if (bump === version) {
    return commits.length === 0
      ? `${version} is released: ${tag} holds ${shortOid(base)}.`
      : `${version} already exists; ${countOf(commits.length)} came since.`;
  }
  if (commits.length > 0) return undefined;
  const promotes =
    !isStable(version) &&
    bump !== 'auto' &&
    (bump !== 'prerelease' || semver.prerelease(version)?.[0] !== preid);
  if (promotes || semver.valid(bump) !== null) return undefined;
  const hint = isStable(version)
    ? ''
    : ' To make it stable, ask for the version by name or by level.';
  const where = path === undefined ? '' : ` in ${path}`;
  return `No commits${where} since ${tag}.${hint}`;
}

function nothingReason(
  { newest }: ReleaseState,
  commits: number,
  { path }: ReleaseRequest,
): string {
  const since = newest === undefined ? 'so far' : `since ${newest.tag}`;
  const where = path === undefined ? '' : ` in ${path}`;
  return `None of the ${countOf(
    commits,
  )}${where} ${since} counts for a version.`;
}

const levelWords = {
  major: 'Major',
  minor: 'Minor',
  patch: 'Patch',
} as const;

function releaseReason(
  version: string,
  line: { newest?: string; newestStable?: string; levelSinceStable: BumpLevel },
  { bump }: ReleaseRequest,
): string {
  const { newest, newestStable } = line;
  if (newest === undefined) return `${version} is the first version.`;
  const since = newestStable ?? newest;
  switch (bump) {
    case 'auto':
      return autoReason(version, since, line.levelSinceStable);
    case 'major':
    case 'minor':
    case 'patch':
      return `${levelWords[bump]} bump (${newest} -> ${version}): set manually.`;
    case 'prerelease':
      return `Pre-release (${newest} -> ${version}): set manually.`;
    default:
      return `Set manually (${newest} -> ${version}).`;
  }
}

/** What it bumps is read off the versions: below 1.0.0 a breaking change raises the minor version. */
function autoReason(version: string, since: string, level: BumpLevel): string {
  const breaks =
    semver.major(since) === 0
      ? 'breaking change before 1.0.0'
      : 'breaking change';
  const why: Readonly<Record<BumpLevel, string>> = {
    major: breaks,
    minor: 'new feature',
    patch: 'fixes',
    none: 'a pre-release becomes stable',
  };
  const bumped = (['major', 'minor', 'patch'] as const).find(
    part => semver[part](version) !== semver[part](since),
  );
  const what = bumped ? `${levelWords[bumped]} bump` : 'Release';
  return `${what} (${since} -> ${version}): ${why[level]}.`;
}

/** A server may take the commit of an atomic push and drop its tag: no second commit is stacked on it. */
function refuseUntagged({
  branch,
  commits: [head],
  isTagged,
  tagPrefix,
  versionTags,
}: ReleaseState): void {
  // The release commit of another component has its tag in another line.
  if (isTagged || head === undefined) return;
  const version = parseReleasedVersion(head.message);
  if (
    version !== undefined &&
    versionTags.every(tag => tag.version !== version)
  ) {
    throw releaseErrors.tagMissing(branch, head.oid, `${tagPrefix}${version}`);
  }
}

function refuseTaken(
  version: string,
  branch: string,
  holderOf: HolderOf,
): void {
  if (holderOf(version) === undefined) return;
  throw releaseErrors.versionTaken(
    version,
    branch,
    nextFree(version, candidate => holderOf(candidate)?.version),
  );
}

function movingTags(
  version: string,
  { versionTags }: ReleaseState,
  request: ReleaseRequest,
): string[] {
  if (request.movingTags.length === 0) return [];
  if (!isHighestStable(version, versionTags)) return [];
  const { major, minor } = new semver.SemVer(version);
  const names = {
    latest: 'latest',
    major: `${major}`,
    'major.minor': `${major}.${minor}`,
  };
  return [...new Set(request.movingTags.map(tag => names[tag]))];
}

function fileVersionOf(state: ReleaseState, request: ReleaseRequest) {
  if (state.newest !== undefined) return {};
  const fileVersion = readFileVersion(state.files, request);
  return fileVersion === undefined ? {} : { fileVersion };
}

function countOf(commits: number): string {
  return commits === 1 ? '1 commit' : `${commits} commits`;
}
