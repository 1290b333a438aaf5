import { compareBuild, gt, prerelease, valid } from 'semver';
import type { RemoteRefs, VersionTag } from './repository-data';

/** The version tags of a repository. */
export interface VersionTags {
  /** What stands before the version: `v`, nothing, or what the newest version tag has; `v` where there is none. */
  readonly prefix: string;
  /** Highest version first. */
  readonly tags: readonly VersionTag[];
}

const number = '(0|[1-9]\\d{0,14})';
const pattern = new RegExp(
  `^((?:[A-Za-z][A-Za-z0-9._/-]*[-/@_])?v?)${number}\\.${number}\\.${number}((?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?)$`,
);

interface Candidate {
  readonly prefix: string;
  readonly numbers: readonly [number, number, number];
  /** What follows the numbers: pre-release and build metadata. */
  readonly rest: string;
  readonly tag: VersionTag;
}

/**
 * The tags whose name is a semantic version behind one prefix: the newest version's, where plain `1.2.3` and `v1.2.3`
 * go before longer prefixes, which often name another thing (a chart, an image).
 */
export function selectVersionTags(tags: RemoteRefs['tags']): VersionTags {
  const candidates = tags.flatMap(toCandidate);
  candidates.sort(byVersionDown);
  const newest =
    candidates.find(({ prefix }) => prefix === '' || prefix === 'v') ??
    candidates[0];
  const prefix = newest?.prefix ?? 'v';
  return {
    prefix,
    tags: candidates
      .filter(candidate => candidate.prefix === prefix)
      .map(({ tag }) => tag),
  };
}

function toCandidate({
  name,
  commit,
}: RemoteRefs['tags'][number]): Candidate[] {
  const match = pattern.exec(name);
  if (!match) return [];
  const [, prefix, major, minor, patch, rest] = match;
  const version = `${major}.${minor}.${patch}${rest}`;
  if (rest !== '' && !valid(version)) return [];
  return [
    {
      prefix,
      numbers: [Number(major), Number(minor), Number(patch)],
      rest,
      tag: { name, version, commit },
    },
  ];
}

/** By number where that decides: semver's own parser takes its time over thousands of tags. */
function byVersionDown(a: Candidate, b: Candidate): number {
  return (
    b.numbers[0] - a.numbers[0] ||
    b.numbers[1] - a.numbers[1] ||
    b.numbers[2] - a.numbers[2] ||
    (a.rest === b.rest ? 0 : compareBuild(b.tag.version, a.tag.version)) ||
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
