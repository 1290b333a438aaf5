import { deployErrors } from '../deploy-errors';
import type { ImageDigests } from '../ports';
import { withoutV } from '../history/previous-version';

/**
 * The image of a version: its tag is the version's, as the release engine writes it (without the `v`), or the tag itself.
 *
 * @throws DojoError DEPLOY_IMAGE_MISSING, and what the registry's adapter throws.
 */
export async function observeImage(
  image: ImageDigests,
  version: string,
  signal: AbortSignal,
): Promise<{ readonly tag: string; readonly digest: string }> {
  // An image tag takes none of what a git tag's name may have beside these (distribution spec, "Pulling manifests").
  const plain = (tag: string) => tag.replace(/[^A-Za-z0-9._-]/g, '-');
  const tags = [...new Set([withoutV(version), version].map(plain))];
  for (const tag of tags) {
    const manifest = await image.readManifest(tag, signal);
    if (manifest !== undefined) return { tag, digest: manifest.digest };
  }
  throw deployErrors.imageMissing(image.name, tags);
}

/** Ensures that the registry holds a digest. @throws DojoError DEPLOY_IMAGE_GONE */
export async function ensureImageThere(
  image: ImageDigests,
  digest: string,
  signal: AbortSignal,
): Promise<void> {
  if ((await image.readManifest(digest, signal)) === undefined) {
    throw deployErrors.imageGone(image.name, digest);
  }
}
