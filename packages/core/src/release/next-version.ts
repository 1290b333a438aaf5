import type {
  BumpLevel,
  ReleaseRequest,
  ReleaseVersionChoices,
} from 'backstage-plugin-dojo-common';
import semver from 'semver';
import { isStable } from '../repository/version-tags';
import { releaseErrors } from './release-errors';

/** What the next version is made from. */
export interface VersionLine {
  /** Newest version that the branch holds; absent: none yet. */
  readonly newest?: string;
  /** Newest stable version that the branch holds. */
  readonly newestStable?: string;
  /** Version that the version files hold; counts only where there is no version yet. */
  readonly fileVersion?: string;
  /** What the commits since `newest` ask for. */
  readonly level: BumpLevel;
  /** What the commits since `newestStable` ask for. */
  readonly levelSinceStable: BumpLevel;
}

const firstVersion = '0.1.0';

const bumps = ['auto', 'major', 'minor', 'patch', 'prerelease'] as const;

/**
 * The version that a bump leads to. `auto`, `major`, `minor` and `patch` lead to a stable version, `prerelease` to the
 * next `-<preid>.N`; a version is taken as it is.
 *
 * While the major version is 0, commits that break raise the minor version: 1.0.0 comes only by name.
 *
 * @returns undefined where `auto` finds nothing that counts.
 * @throws DojoError RELEASE_VERSION_NOT_ABOVE
 */
export function nextVersion(
  line: VersionLine,
  request: Pick<ReleaseRequest, 'bump' | 'preid'>,
): string | undefined {
  const version = bumped(line, request);
  if (
    version !== undefined &&
    line.newest !== undefined &&
    !semver.gt(version, line.newest)
  ) {
    throw releaseErrors.versionNotAbove(version, line.newest);
  }
  return version;
}

/** What each way to bump leads to now; one that leads to no version above the newest is left out. */
export function nextVersions(
  line: VersionLine,
  preid: string,
): ReleaseVersionChoices {
  const choices: ReleaseVersionChoices = {};
  for (const bump of bumps) {
    const version = bumped(line, { bump, preid });
    const isAbove =
      version !== undefined &&
      (line.newest === undefined || semver.gt(version, line.newest));
    if (isAbove) choices[bump] = version;
  }
  return choices;
}

/**
 * The next version of the same kind that nobody took: 1.2.4 after 1.2.3, 1.4.0 after 1.3.0, rc.3 after rc.2, and rc.1 of
 * the next version where its own is out.
 *
 * @param holderOf the version that takes this one: itself, or the stable one that a candidate is for.
 */
export function nextFree(
  version: string,
  holderOf: (version: string) => string | undefined,
): string {
  let free = version;
  for (
    let holder = holderOf(free);
    holder !== undefined;
    holder = holderOf(free)
  ) {
    free =
      isStable(holder) && !isStable(free)
        ? `${following(holder)}-${semver.prerelease(free)?.[0]}.1`
        : following(free);
  }
  return free;
}

function bumped(
  line: VersionLine,
  { bump, preid }: Pick<ReleaseRequest, 'bump' | 'preid'>,
): string | undefined {
  switch (bump) {
    case 'auto':
      return line.level === 'none' ? undefined : stable(line);
    case 'major':
    case 'minor':
    case 'patch':
      return byName(line, bump);
    case 'prerelease':
      return prerelease(line, preid);
    default:
      return bump;
  }
}

/** The stable version that the commits since the last stable one make; at least the base of a pre-release. */
function stable(line: VersionLine): string {
  const { newest, newestStable } = line;
  if (newest === undefined) return initial(line);
  // A first pre-release says itself what it is a step to: 1.1.0-rc.1 holds a feature already, and nothing that breaks.
  if (newestStable === undefined) return raised(newest, line.level);
  const base = baseOf(newest);
  const asked = raised(newestStable, line.levelSinceStable);
  return isStable(newest) || semver.gt(asked, base) ? asked : base;
}

function byName(line: VersionLine, bump: 'major' | 'minor' | 'patch'): string {
  const { newest } = line;
  if (newest !== undefined) return increment(newest, bump);
  const first = initial(line);
  return bump === 'major' && semver.major(first) === 0 ? '1.0.0' : first;
}

function prerelease(line: VersionLine, preid: string): string {
  const { newest } = line;
  if (newest === undefined) {
    const first = initial(line);
    return isStable(first) ? `${first}-${preid}.1` : first;
  }
  // Asked by name, so that it comes also where only chores are new: as a patch.
  const base = stable({
    ...line,
    level: atLeastPatch(line.level),
    levelSinceStable: atLeastPatch(line.levelSinceStable),
  });
  const [id, number] = semver.prerelease(newest) ?? [];
  const goesOn =
    base === baseOf(newest) && id === preid && typeof number === 'number';
  return `${base}-${preid}.${goesOn ? number + 1 : 1}`;
}

function atLeastPatch(level: BumpLevel): BumpLevel {
  return level === 'none' ? 'patch' : level;
}

function initial({ fileVersion }: VersionLine): string {
  return fileVersion !== undefined && semver.gt(fileVersion, '0.0.0')
    ? fileVersion
    : firstVersion;
}

function raised(version: string, level: BumpLevel): string {
  if (level === 'none') return version;
  const bump =
    level === 'major' && semver.major(version) === 0 ? 'minor' : level;
  return increment(version, bump);
}

function following(version: string): string {
  if (!isStable(version)) return increment(version, 'prerelease');
  const { minor, patch } = new semver.SemVer(version);
  if (patch > 0) return increment(version, 'patch');
  return increment(version, minor > 0 ? 'minor' : 'major');
}

function increment(version: string, bump: semver.ReleaseType): string {
  const next = semver.inc(version, bump);
  if (next === null) throw new TypeError(`${version} is no semantic version`);
  return next;
}

/** The three numbers of a version, without pre-release and build metadata. */
export function baseOf(version: string): string {
  const { major, minor, patch } = new semver.SemVer(version);
  return `${major}.${minor}.${patch}`;
}
