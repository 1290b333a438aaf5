import semver from 'semver';
import {
  parseTwoNumbers,
  parseVersionTag,
} from '../../repository/parse-version-tag';
import { maintenanceRef, maxReleases } from './choose-refs';
import type { ChosenRefs } from './choose-refs';
import type { Standing, StandingRequest } from './standing';

/** Lines of versions, as 0.4, whose tags are asked for each time. */
const maxLines = 5;

/**
 * What is asked for between two listings of all refs: the branches, and tags of the newest lines of versions and of those
 * that may come next. A version that skips a line, and a tag of an older line that moved, are seen by the next listing.
 *
 * @throws DojoError RELEASE_BRANCH_PATTERN_INVALID
 */
export function refsBetween(
  request: StandingRequest,
  known: Pick<Standing, 'branch' | 'releases'>,
  display: string,
): string[] {
  const maintenance = maintenanceRef(request, display);
  return [
    `refs/heads/${request.branch ?? known.branch}`,
    ...(maintenance === undefined ? [] : [maintenance]),
    ...tagPatterns(known.releases),
  ];
}

/**
 * The refs as a list of all would tell them: of the oldest versions none is held, and how many there are is known from the
 * last list, and from what came and went since.
 */
export function withOlder(
  refs: ChosenRefs,
  known: Pick<Standing, 'releases' | 'olderReleases'>,
): ChosenRefs {
  const held = new Set(refs.tags.map(({ name }) => name));
  const told = new Set(known.releases.map(({ tag }) => tag));
  const came = refs.tags
    .slice(0, maxReleases)
    .filter(({ name }) => !told.has(name)).length;
  const went = known.releases.filter(({ tag }) => !held.has(tag)).length;
  // Where a version went, one that was not told of takes its place.
  const moved = Math.min(went, known.olderReleases);
  const all = told.size + known.olderReleases + came - moved - went;
  return { ...refs, older: Math.max(0, all - maxReleases) };
}

function tagPatterns(releases: Standing['releases']): string[] {
  const [newest] = releases;
  if (newest === undefined) return ['refs/tags/*'];
  const lines = new Set<string>();
  const { major, minor } = new semver.SemVer(newest.version);
  const whole = parseVersionTag(newest.tag);
  const prefix = (whole ?? parseTwoNumbers(newest.tag))?.prefix ?? '';
  if (whole === undefined) return [`refs/tags/${prefix}*`];
  lines.add(`${prefix}${major}.${minor + 1}.*`);
  lines.add(`${prefix}${major + 1}.0.*`);
  for (const { tag } of releases) {
    if (lines.size >= maxLines + 2) break;
    const parsed = parseVersionTag(tag);
    if (parsed === undefined) continue;
    const [first, second] = parsed.numbers;
    lines.add(`${parsed.prefix}${first}.${second}.*`);
  }
  return [...lines].map(line => `refs/tags/${line}`);
}
