import type { ImageRepository } from './ports';
import type { ObservedImage } from './release-state';

/** What the registry holds under the source tag, and under the tags that the release would take. */
export async function observeImage(
  image: ImageRepository,
  sourceTag: string,
  tags: readonly string[],
  signal: AbortSignal,
): Promise<ObservedImage> {
  const [manifest, digests] = await Promise.all([
    image.readManifest(sourceTag, signal),
    readDigests(image, tags, signal),
  ]);
  const source: ObservedImage['source'] = manifest
    ? {
        kind: 'found',
        digest: manifest.digest,
        mediaType: manifest.mediaType,
        revisions: await image.readRevisions(manifest, signal),
      }
    : { kind: 'absent' };
  return { repository: image.name, sourceTag, source, tags: digests };
}

/** Tag -> digest, of those that exist. */
export async function readDigests(
  image: ImageRepository,
  tags: readonly string[],
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const digests = await Promise.all(
    tags.map(async tag => [tag, await image.readDigest(tag, signal)] as const),
  );
  return Object.fromEntries(
    digests.filter(
      (each): each is readonly [string, string] => each[1] !== undefined,
    ),
  );
}
