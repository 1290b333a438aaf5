import type { PlannedImage } from 'backstage-plugin-dojo-common';
import type { Effect, Found } from '../../effect/effect';
import { imageBytesKey, imageTagKey } from './effect-keys';
import type { ImageManifest, ImageRepository } from '../ports';
import { imageSourceMissing, promiseBroken } from '../release-errors';

/** An image and the version whose tag it gets. */
export interface ImageOfVersion {
  readonly version: string;
  readonly image: PlannedImage;
}

/**
 * The exact manifest under its digest. Its bytes are there from the start: the PUT is made to prove, before the commit
 * point, that we may write where the tags will go. It claims nothing. A version tag that holds the digest is proof
 * enough; one that holds another digest ends the release here, while nothing is done.
 */
export function imageBytesEffect(
  { version, image }: ImageOfVersion,
  repository: ImageRepository,
): Effect {
  // The one thing a registry cannot be asked: whether it would let us write.
  let mayWrite = false;
  return {
    key: imageBytesKey(image.digest),
    async find(signal): Promise<Found> {
      const held = await repository.readDigest(version, signal);
      if (held !== undefined && held !== image.digest) {
        const detail = `cannot become ${repository.name}:${version}, which holds ${held}`;
        return { kind: 'different', detail };
      }
      return held !== undefined || mayWrite
        ? { kind: 'as-planned' }
        : { kind: 'absent' };
    },
    async create(signal) {
      const manifest = await repository.readManifest(image.digest, signal);
      if (manifest === undefined) {
        throw imageSourceMissing(`${repository.name}:${image.sourceTag}`);
      }
      await repository.putManifest(image.digest, manifest, signal);
      mayWrite = true;
    },
  };
}

/** The version's own tag: made once, never moved. The same digest there is done, another a conflict. */
export function imageTagEffect(
  { version, image }: ImageOfVersion,
  repository: ImageRepository,
): Effect {
  return {
    key: imageTagKey(repository.name, version),
    async find(signal): Promise<Found> {
      const held = await repository.readDigest(version, signal);
      if (held === undefined) return { kind: 'absent' };
      return held === image.digest
        ? { kind: 'as-planned' }
        : {
            kind: 'different',
            detail: `holds ${held}, planned ${image.digest}`,
          };
    },
    async create(signal) {
      const manifest = await readPlanned(
        { version, image },
        repository,
        signal,
      );
      await repository.putManifest(version, manifest, signal);
    },
  };
}

/** A tag that follows the highest stable version, such as `latest`: overwritten. */
export function movingTagEffect(
  tag: string,
  subject: ImageOfVersion,
  repository: ImageRepository,
): Effect {
  return {
    key: imageTagKey(repository.name, tag),
    async find(signal): Promise<Found> {
      const held = await repository.readDigest(tag, signal);
      return held === subject.image.digest
        ? { kind: 'as-planned' }
        : { kind: 'absent' };
    },
    async create(signal) {
      const manifest = await readPlanned(subject, repository, signal);
      await repository.putManifest(tag, manifest, signal, { overwrite: true });
    },
  };
}

async function readPlanned(
  { version, image }: ImageOfVersion,
  repository: ImageRepository,
  signal: AbortSignal,
): Promise<ImageManifest> {
  const manifest = await repository.readManifest(image.digest, signal);
  if (manifest !== undefined) return manifest;
  throw promiseBroken(version, repository.name, image.digest);
}
