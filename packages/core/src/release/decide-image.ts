import type { PlannedImage } from 'backstage-plugin-dojo-common';
import { releaseErrors } from './release-errors';
import type { ObservedImage } from './release-state';

const imageTagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/**
 * The image that a release promotes: the one under the source tag, if it may have the version as its tag.
 *
 * @throws DojoError RELEASE_VERSION_NOT_IMAGE_TAG, RELEASE_IMAGE_SOURCE_MISSING, RELEASE_IMAGE_REVISION,
 * RELEASE_IMAGE_DIGEST_CONFLICT
 */
export function decideImage(
  { repository, sourceTag, source, tags }: ObservedImage,
  version: string,
  base: string,
): PlannedImage {
  verifyImageTag(version);
  const from = `${repository}:${sourceTag}`;
  if (source.kind === 'absent') throw releaseErrors.imageSourceMissing(from);
  const { digest, mediaType, revisions } = source;
  const other = revisions.find(revision => !names(revision, base));
  if (other !== undefined)
    throw releaseErrors.imageRevisionMismatch(from, other, base);
  const taken = Object.hasOwn(tags, version) ? tags[version] : undefined;
  if (taken !== undefined && taken !== digest) {
    throw releaseErrors.imageDigestConflict(
      `${repository}:${version}`,
      taken,
      digest,
    );
  }
  return { repository, digest, mediaType, sourceTag };
}

/** @throws DojoError RELEASE_VERSION_NOT_IMAGE_TAG where no image can have the version as its tag. */
export function verifyImageTag(version: string): void {
  if (!imageTagPattern.test(version))
    throw releaseErrors.versionNotImageTag(version);
}

/** Says so where nothing proves what the image was built from. */
export function imageWarnings({
  repository,
  sourceTag,
  source,
}: ObservedImage): string[] {
  return source.kind === 'found' && source.revisions.length === 0
    ? [
        `${repository}:${sourceTag} names no revision: nothing proves which commit it was built from.`,
      ]
    : [];
}

/** A revision label is a commit's OID, or an abbreviation of it of seven digits or more. */
function names(revision: string, base: string): boolean {
  return revision.length >= 7 && base.startsWith(revision.toLowerCase());
}
