import { compareBuild, gt, prerelease } from 'semver';
import {
  parseLikelyVersion,
  parseTwoNumbers,
  parseVersionTag,
} from './parse-version-tag';
import type { ParsedVersionTag } from './parse-version-tag';
import type { RemoteRefs, VersionTag } from './repository-data';

/** What says which of a repository's version lines is meant. */
export interface VersionLineChoice {
  /** What stands before the version in the tags: `v`, `api-v`, nothing. */
  readonly tagPrefix?: string;
  /** The folder of one component of several: its line is named like it, as `api-v1.2.3` or `services/api/v1.2.3`. */
  readonly path?: string;
}

/** The version tags of a repository. */
export interface VersionTags {
  /** What stands before the version: that of the highest tag, or what a first tag gets. */
  readonly prefix: string;
  /** Highest version first. */
  readonly tags: readonly VersionTag[];
  /** Highest tag of each line that is not read. */
  readonly others: readonly string[];
  /** Tags of this line, or of any where none is read, that look like versions and are none; the highest first. */
  readonly unread: readonly string[];
  /** Whether one of the unread is above all that are read. */
  readonly isUnreadAbove: boolean;
  /** Whether the tags have two numbers, as `v0.63`: read so only where the line has none of three. */
  readonly isShort: boolean;
  /** Whether several lines are there, and nothing says which is meant: none of them is read. */
  readonly isAmbiguous: boolean;
}

interface Candidate extends ParsedVersionTag {
  readonly line: string;
  readonly tag: VersionTag;
}

/**
 * The tags of one version line. A line is what stands before the version without separator and `v`, so that `1.0.0` and
 * `v1.1.0` are one. Chosen is the line that the choice names; else the plain one, since longer prefixes often name
 * another thing (a chart, an image); else the only one that there is. A line without any version of three numbers is read
 * by those of two.
 */
export function selectVersionTags(
  tags: RemoteRefs['tags'],
  choice: VersionLineChoice = {},
): VersionTags {
  const whole = selectRead(tags, choice, parseVersionTag);
  if (whole.tags.length > 0 || whole.isAmbiguous) return whole;
  const short = selectRead(tags, choice, parseTwoNumbers);
  const isChosen = choice.tagPrefix !== undefined || choice.path !== undefined;
  // Of longer prefixes nobody can tell what the numbers count.
  const isMeant = isChosen || toLine(short.prefix) === '';
  return short.tags.length > 0 && isMeant
    ? { ...short, others: whole.others, isShort: true }
    : whole;
}

type ReadName = typeof parseVersionTag;

function selectRead(
  tags: RemoteRefs['tags'],
  choice: VersionLineChoice,
  read: ReadName,
): VersionTags {
  const candidates = tags.flatMap(tag => toCandidate(tag, read));
  candidates.sort(byVersionDown);
  const highest = new Map<string, string>();
  for (const { line, tag } of candidates) {
    if (!highest.has(line)) highest.set(line, tag.name);
  }
  const chosen = chooseLine([...highest.keys()], choice);
  const mine = tagsOf(tags, candidates, chosen, choice, read);
  const unread = unreadOf(
    tags,
    { mine, known: new Set(candidates.map(({ tag }) => tag.name)) },
    chosen,
    choice,
  );
  const others = [...highest].filter(
    ([line]) => mine.length === 0 || line !== chosen,
  );
  return {
    prefix: choice.tagPrefix ?? mine[0]?.prefix ?? firstPrefix(choice),
    tags: mine.map(({ tag }) => tag),
    others: others.map(([, name]) => name),
    unread: unread.map(({ name }) => name),
    isUnreadAbove: unread.some(({ numbers }) => isAbove(numbers, mine[0])),
    isShort: false,
    isAmbiguous: chosen === undefined,
  };
}

/** @returns undefined where several lines are there, and none is named or plain. */
function chooseLine(
  lines: readonly string[],
  { tagPrefix, path }: VersionLineChoice,
): string | undefined {
  if (tagPrefix !== undefined) return toLine(tagPrefix);
  if (path === undefined) {
    if (lines.length === 0 || lines.includes('')) return '';
    return lines.length === 1 ? lines[0] : undefined;
  }
  const name = nameOf(path);
  const exact = [path, name].find(line => lines.includes(line));
  if (exact !== undefined) return exact;
  const named = lines.filter(line => line.endsWith(`/${name}`));
  if (named.length === 0) return name;
  return named.length === 1 ? named[0] : undefined;
}

function tagsOf(
  tags: RemoteRefs['tags'],
  candidates: readonly Candidate[],
  chosen: string | undefined,
  { tagPrefix }: VersionLineChoice,
  read: ReadName,
): Candidate[] {
  if (tagPrefix === undefined) {
    return candidates.filter(({ line }) => line === chosen);
  }
  return tags
    .flatMap(tag => toCandidate(tag, read, tagPrefix))
    .sort(byVersionDown);
}

function toCandidate(
  { name, commit }: RemoteRefs['tags'][number],
  read: ReadName,
  prefix?: string,
): Candidate[] {
  const parsed = read(name, prefix);
  if (parsed === undefined) return [];
  const { version } = parsed;
  const line = toLine(parsed.prefix);
  return [{ ...parsed, line, tag: { name, version, commit } }];
}

interface UnreadTag {
  readonly name: string;
  readonly numbers: readonly number[];
}

function unreadOf(
  tags: RemoteRefs['tags'],
  {
    mine,
    known,
  }: {
    readonly mine: readonly Candidate[];
    readonly known: ReadonlySet<string>;
  },
  chosen: string | undefined,
  { tagPrefix, path }: VersionLineChoice,
): UnreadTag[] {
  // `v1` and `v1.4` beside v1.4.2 follow it, as those of a GitHub action do.
  const followed = new Set(
    mine.flatMap(({ numbers: [major, minor] }) => [
      `${major}`,
      `${major}.${minor}`,
    ]),
  );
  const isChosen = tagPrefix !== undefined || path !== undefined;
  const isAny = known.size === 0 && !isChosen;
  const unread = tags.flatMap(({ name }) => {
    const found = known.has(name) ? undefined : parseLikelyVersion(name);
    if (found === undefined) return [];
    const { prefix, numbers } = found;
    const isMine = isAny || toLine(prefix) === chosen;
    return isMine && !followed.has(numbers.join('.'))
      ? [{ name, numbers }]
      : [];
  });
  return unread.sort((a, b) => compareNumbers(b.numbers, a.numbers));
}

/** Of two numbers or more: what a bare `v2` is, nobody can tell. */
function isAbove(numbers: readonly number[], read: Candidate | undefined) {
  return (
    numbers.length > 1 &&
    (read === undefined || compareNumbers(numbers, read.numbers) > 0)
  );
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  return (
    (a[0] ?? 0) - (b[0] ?? 0) ||
    (a[1] ?? 0) - (b[1] ?? 0) ||
    (a[2] ?? 0) - (b[2] ?? 0)
  );
}

function firstPrefix({ path }: VersionLineChoice): string {
  return path === undefined ? 'v' : `${nameOf(path)}-v`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The prefix without its separator and `v`. */
function toLine(prefix: string): string {
  return prefix.replace(/[vV]$/, '').replace(/[-/@_]$/, '');
}

/** By number where that decides: semver's own parser takes its time over thousands of tags. */
function byVersionDown(a: Candidate, b: Candidate): number {
  return (
    compareNumbers(b.numbers, a.numbers) ||
    (a.rest === b.rest ? 0 : compareBuild(b.version, a.version)) ||
    b.prefix.localeCompare(a.prefix)
  );
}

/** Whether the version is no pre-release. Build metadata is no pre-release: `1.1.0+a-b` is stable (semver.org, 9 and 10). */
export function isStable(version: string): boolean {
  return prerelease(version) === null;
}

/** Whether the version is stable and no stable one among the tags is above it: `latest` and its like may lead to it. */
export function isHighestStable(
  version: string,
  tags: readonly Pick<VersionTag, 'version'>[],
): boolean {
  return (
    isStable(version) &&
    tags.every(tag => !isStable(tag.version) || !gt(tag.version, version))
  );
}
