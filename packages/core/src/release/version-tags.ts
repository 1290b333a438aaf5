import { SemVer, parse } from 'semver';
import type { RemoteRefs } from './ports';
import type { VersionTag } from './release-state';

/** The version tags of a repository. */
export interface VersionTags {
  /** What stands before the version: `v`, nothing, or what the newest version tag has; `v` where there is none. */
  readonly prefix: string;
  /** Highest version first. */
  readonly tags: readonly VersionTag[];
}

const pattern =
  /^((?:[A-Za-z][A-Za-z0-9._/-]*[-/@_])?v?)(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$/;

interface Candidate {
  readonly prefix: string;
  readonly version: SemVer;
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
  const version = match && parse(match[2]);
  if (!version) return [];
  return [
    {
      prefix: match[1],
      version,
      tag: { name, version: match[2], commit },
    },
  ];
}

function byVersionDown(a: Candidate, b: Candidate): number {
  // Build metadata and, last, the prefix make the order total.
  return (
    b.version.compare(a.version) ||
    b.version.compareBuild(a.version) ||
    b.prefix.localeCompare(a.prefix)
  );
}
