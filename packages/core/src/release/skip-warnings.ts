import type { ReleaseVersionChoices } from 'backstage-plugin-dojo-common';
import semver from 'semver';
import { baseOf } from './next-version';
import type { ReleaseState } from './release-state';

/** Says so where a version leaves out versions that would come before it, and what the commits call for. */
export function skipWarnings(
  version: string,
  { newest, newestStable }: Pick<ReleaseState, 'newest' | 'newestStable'>,
  { auto }: ReleaseVersionChoices,
): string[] {
  const last = newestStable ?? newest;
  if (last === undefined) return [];
  const skipped = skippedBetween(baseOf(last.version), baseOf(version));
  if (skipped === undefined) return [];
  const called =
    auto === undefined
      ? 'no commit calls for a version'
      : `the commits call for ${auto}`;
  return [`${version} skips ${skipped}; ${called}.`];
}

/** @returns undefined where `next` follows `last` as a major, minor or patch version, or is no higher. */
function skippedBetween(last: string, next: string): string | undefined {
  if (!semver.gt(next, last)) return undefined;
  const levels = ['major', 'minor', 'patch'] as const;
  const level = semver.diff(last, next);
  const first = levels.find(each => each === level);
  if (first === undefined) return undefined;
  const successor = semver.inc(last, first);
  if (successor === null || successor === next) return undefined;
  const before = lastBefore(next);
  return before === successor ? successor : `${successor} … ${before}`;
}

/** The last version, or line of versions, before this one: `98.x` before 99.0.0, `1.1.x` before 1.2.0. */
function lastBefore(version: string): string {
  const { major, minor, patch } = new semver.SemVer(version);
  if (patch > 0) return `${major}.${minor}.${patch - 1}`;
  if (minor > 0) return `${major}.${minor - 1}.x`;
  return `${major - 1}.x`;
}
