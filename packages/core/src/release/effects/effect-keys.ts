/**
 * The natural keys of a release's effects: one identity per change to one system, stable over runs, and the opening of
 * every message about it. Plan and execute build them here and nowhere else.
 */

/** The manifest's bytes, present under their digest. */
export function imageBytesKey(digest: string): string {
  return `image bytes ${digest}`;
}

/** The one atomic push of the release commit and its tag. */
export function refsKey(branch: string, tag: string): string {
  return `refs ${branch} + ${tag}`;
}

/** One tag of the image: the version's own, or one that moves. */
export function imageTagKey(repository: string, tag: string): string {
  return `image tag ${repository}:${tag}`;
}

/** The release that the forge shows for a tag. */
export function forgeReleaseKey(tag: string): string {
  return `forge release ${tag}`;
}
