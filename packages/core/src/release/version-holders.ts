import type { VersionTag } from '../repository/repository-data';
import { baseOf } from './next-version';

/** Finds the tag that takes a version. */
export type HolderOf = (version: string) => VersionTag | undefined;

/**
 * Its own tag takes a version, and that of the stable version a pre-release: 1.2.0-rc.2 tells of a version to come, not of
 * a 1.2.0 that another line released. Build metadata makes no other version.
 */
export function versionHolders(tags: readonly VersionTag[]): HolderOf {
  const byVersion = new Map<string, VersionTag>();
  for (const tag of tags) {
    const name = withoutBuild(tag.version);
    if (!byVersion.has(name)) byVersion.set(name, tag);
  }
  return version =>
    byVersion.get(withoutBuild(version)) ?? byVersion.get(baseOf(version));
}

function withoutBuild(version: string): string {
  const plus = version.indexOf('+');
  return plus < 0 ? version : version.slice(0, plus);
}
