import type { DeployedVersion } from 'backstage-plugin-dojo-common';
import { isSameVersion } from './landed-version';
import type { LandedVersion } from './landed-version';

/**
 * The version that landed before the present one. A rollback leads back to an earlier landing, so that what it left is
 * no longer before anything: a second rollback goes further back, and never to what was just left.
 *
 * @param landed - newest first.
 * @param isFit - whether a version may be gone back to: one that was rejected, or never came up, is none.
 */
export function previousVersion(
  landed: readonly LandedVersion[],
  present: DeployedVersion,
  isFit: (landed: LandedVersion) => boolean = () => true,
): LandedVersion | undefined {
  const line: LandedVersion[] = [];
  for (const each of [...landed].reverse()) {
    if (each.change?.isRollback) {
      const at = line.findLastIndex(({ version }) =>
        isSameVersion(version, each.version),
      );
      if (at >= 0) line.length = at;
    }
    const last = line.at(-1);
    if (last !== undefined && isSameVersion(last.version, each.version)) {
      // A person's change that is none of the version; the newer commit has the newer tag comment.
      line.pop();
    }
    line.push(each);
  }
  return line.findLast(
    each => !isSameVersion(each.version, present) && isFit(each),
  );
}

/** The newest landing of a version by its tag, with or without the `v` before its number. */
export function landingOf(
  landed: readonly LandedVersion[],
  tag: string,
): LandedVersion | undefined {
  return (
    landed.find(({ version }) => version.tag === tag) ??
    landed.find(({ version }) => isSameTag(version.tag, tag))
  );
}

/** `v1.2.0` and `1.2.0` are one version to who writes either. */
export function isSameTag(a: string | undefined, b: string): boolean {
  return a !== undefined && withoutV(a) === withoutV(b);
}

/** The tag without the `v` before its number. */
export function withoutV(tag: string): string {
  return /^[vV]\d/.test(tag) ? tag.slice(1) : tag;
}
