import semver from 'semver';
import type { ReleasedVersion } from '../facts';

/** The released versions of a component, and what each is made of. */
export interface Versions {
  /** Newest version first. */
  readonly all: readonly ReleasedVersion[];
  /** By version or tag, with or without a `v`. */
  readonly named: (name: string | undefined) => ReleasedVersion | undefined;
  readonly atCommit: (sha: string | undefined) => ReleasedVersion | undefined;
  readonly withDigest: (
    digest: string | undefined,
  ) => ReleasedVersion | undefined;
  /** The version and all that it contains; also names of versions that are not read. */
  readonly closureOf: (version: string) => ReadonlySet<string>;
  /** Below zero: `a` is lower. Versions that are none of semver are equal. */
  readonly compare: (a: string, b: string) => number;
  /** Whether `a` is a higher patch of the line of `b`: 0.3.1 of 0.3.0. */
  readonly isLaterPatch: (a: string, b: string) => boolean;
}

/** `v0.4.0` and `0.4.0` are one. */
export function bareVersion(name: string): string {
  return /^v\d/i.test(name) ? name.slice(1) : name;
}

/** An index of them; each question costs no more than what it walks through for the first time. */
export function versionsOf(releases: readonly ReleasedVersion[]): Versions {
  const byName = new Map<string, ReleasedVersion>();
  const bySha = new Map<string, ReleasedVersion>();
  const byDigest = new Map<string, ReleasedVersion>();
  // The newest one wins where two say the same.
  for (const release of [...releases].reverse()) {
    byName.set(release.tag, release);
    bySha.set(release.sha, release);
    if (release.image.kind === 'digest') {
      byDigest.set(release.image.digest, release);
    }
  }
  for (const release of releases) byName.set(release.version, release);
  const closures = new Map<string, ReadonlySet<string>>();
  const parsed = new Map<string, semver.SemVer | null>();
  const parse = (version: string) => {
    const known = parsed.get(version);
    if (known !== undefined) return known;
    const read = semver.parse(bareVersion(version));
    parsed.set(version, read);
    return read;
  };
  const named = (name: string | undefined) =>
    name === undefined
      ? undefined
      : byName.get(name) ?? byName.get(bareVersion(name));
  return {
    all: releases,
    named,
    atCommit: sha => (sha === undefined ? undefined : bySha.get(sha)),
    withDigest: digest =>
      digest === undefined ? undefined : byDigest.get(digest),
    closureOf: version => {
      const known = closures.get(version);
      if (known !== undefined) return known;
      const closure = new Set<string>([version]);
      const open = [version];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const part of named(next)?.contains ?? []) {
          if (closure.has(part)) continue;
          const walked = closures.get(part);
          if (walked !== undefined) walked.forEach(each => closure.add(each));
          else {
            closure.add(part);
            open.push(part);
          }
        }
      }
      closures.set(version, closure);
      return closure;
    },
    compare: (a, b) => {
      const [left, right] = [parse(a), parse(b)];
      return left && right ? left.compare(right) : 0;
    },
    isLaterPatch: (a, b) => {
      const [left, right] = [parse(a), parse(b)];
      return (
        left !== null &&
        right !== null &&
        left.major === right.major &&
        left.minor === right.minor &&
        left.compare(right) > 0
      );
    },
  };
}
