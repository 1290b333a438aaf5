import type { ListedRefs, VersionTag } from '../../repository/repository-data';
import { repositoryErrors } from '../../repository/repository-errors';
import { selectVersionTags } from '../../repository/version-tags';
import { releaseErrors } from '../release-errors';
import type { StandingRequest } from './standing';

/** Versions that are told of. */
export const maxReleases = 200;
/** Older ones that only mark where those begin. */
const maxBoundaries = 50;
/** Maintenance branches that are looked at, highest name first. */
const maxMaintenance = 20;

/** A version tag with what its ref holds. */
export interface ChosenTag extends VersionTag {
  /** The tag object of an annotated tag; else the commit. */
  readonly oid: string;
}

/** The refs that tell how a component stands. */
export interface ChosenRefs {
  readonly branch: string;
  readonly head: string;
  readonly maintenance: readonly {
    readonly branch: string;
    readonly head: string;
  }[];
  readonly prefix: string;
  /** Highest version first. */
  readonly tags: readonly ChosenTag[];
  /** Version tags that are not among them. */
  readonly older: number;
  /** A tag that looks like a version above all others and is none, so that the next version cannot be told. */
  readonly unreadAbove?: string;
  readonly notes?: string;
}

/**
 * Chooses the release branch, the maintenance branches and the newest version tags.
 *
 * @throws DojoError RELEASE_REPOSITORY_EMPTY, RELEASE_BRANCH_UNKNOWN, RELEASE_BRANCH_UNNAMED,
 * RELEASE_BRANCH_PATTERN_INVALID, GIT_VERSION_LINES_AMBIGUOUS.
 */
export function chooseRefs(
  request: StandingRequest,
  refs: ListedRefs,
  display: string,
): ChosenRefs {
  const { branches, headBranch, notes } = refs;
  if (branches.size === 0) throw releaseErrors.repositoryEmpty(display);
  const existing = [...branches.keys()];
  const branch = request.branch ?? headBranch;
  if (branch === undefined) {
    throw releaseErrors.branchUnnamed(display, existing);
  }
  const head = branches.get(branch);
  if (head === undefined) {
    throw releaseErrors.branchUnknown(display, branch, existing);
  }
  const line = selectVersionTags(refs.tags, request);
  if (line.isAmbiguous) {
    throw repositoryErrors.versionLinesAmbiguous(display, line.others);
  }
  const oids = new Map(refs.tags.map(({ name, oid }) => [name, oid]));
  const tags = line.tags.slice(0, maxReleases + maxBoundaries);
  const isMaintenance = maintenanceMatcher(request, display);
  return {
    branch,
    head,
    maintenance: existing
      .filter(name => name !== branch && isMaintenance(name))
      .sort(byNumberDown)
      .slice(0, maxMaintenance)
      .map(name => ({ branch: name, head: branches.get(name)! })),
    prefix: line.prefix,
    tags: tags.map(tag => ({ ...tag, oid: oids.get(tag.name)! })),
    older: Math.max(0, line.tags.length - maxReleases),
    ...(line.isUnreadAbove && { unreadAbove: line.unread[0] }),
    ...(notes !== undefined && { notes }),
  };
}

/** Full names of the chosen refs. */
export function refNames({
  branch,
  maintenance,
  tags,
  unreadAbove,
}: ChosenRefs): readonly string[] {
  return [
    `refs/heads/${branch}`,
    ...maintenance.map(line => `refs/heads/${line.branch}`),
    ...tags.map(({ name }) => `refs/tags/${name}`),
    ...(unreadAbove === undefined ? [] : [`refs/tags/${unreadAbove}`]),
  ];
}

/**
 * The pattern of the maintenance branches as a full name of refs; undefined: there are none.
 *
 * @throws DojoError RELEASE_BRANCH_PATTERN_INVALID
 */
export function maintenanceRef(
  { maintenance }: Pick<StandingRequest, 'maintenance'>,
  display: string,
): string | undefined {
  if (maintenance === undefined) return undefined;
  const isOne =
    maintenance.length <= 200 &&
    /^[^\s~^:?[\]\\\p{Cc}/-][^\s~^:?[\]\\\p{Cc}]*$/u.test(maintenance) &&
    !/\.\.|@\{|\/\/|\/$|\*.*\*/.test(maintenance);
  if (!isOne) throw releaseErrors.branchPattern(display, maintenance);
  return `refs/heads/${maintenance}`;
}

/**
 * Whether a branch is a maintenance branch, in git's own meaning of a `*`: any text, slashes included.
 *
 * @throws DojoError RELEASE_BRANCH_PATTERN_INVALID
 */
export function maintenanceMatcher(
  request: Pick<StandingRequest, 'maintenance'>,
  display: string,
): (branch: string) => boolean {
  const ref = maintenanceRef(request, display);
  if (ref === undefined) return () => false;
  const [start, end] = ref.slice('refs/heads/'.length).split('*');
  return end === undefined
    ? branch => branch === start
    : branch =>
        branch.length >= start.length + end.length &&
        branch.startsWith(start) &&
        branch.endsWith(end);
}

function byNumberDown(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true });
}
