import { shortOid } from 'backstage-plugin-dojo-common';
import type { PlannedImage } from 'backstage-plugin-dojo-common';
import type { Effect, Found } from '../../effect/effect';
import { imageBytesKey, imageTagKey } from './effect-keys';
import type { ImageManifest, ImageRepository } from '../ports';
import { releaseErrors } from '../release-errors';
import type { ReleaseStep } from './release-run';

/** An image and the version whose tag it gets. */
export interface ImageOfVersion {
  readonly version: string;
  readonly image: PlannedImage;
}

/** Tag name -> digest, for those of the version's tags that the registry holds already. */
export type HeldTags = Readonly<Record<string, string>>;

type Step = ReleaseStep<'openImage'>;

/**
 * The exact manifest under its digest. Its bytes are there from the start: the PUT is made to prove, before the commit
 * point, that we may write where the tags will go. It claims nothing. A version tag that holds the digest is proof
 * enough; one that holds another digest ends the release here, while nothing is done.
 *
 * @param base the commit that the image was built of.
 */
export function imageBytesStep(
  { version, image }: ImageOfVersion,
  base: string,
): Step {
  return {
    key: imageBytesKey(image.digest),
    text: `${nameOf(image)} of commit ${shortOid(
      base,
    )} is there to be tagged (same bytes, nothing rebuilt)`,
    // The source tag that it was read by is in the same repository.
    already: true,
    toEffect(run) {
      const repository = run.openImage(image.repository);
      // The one thing a registry cannot be asked: whether it would let us write.
      let mayWrite = false;
      return {
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
            throw releaseErrors.imageSourceMissing(
              `${repository.name}:${image.sourceTag}`,
            );
          }
          await repository.putManifest(image.digest, manifest, signal);
          mayWrite = true;
        },
      };
    },
  };
}

/** The version's own tag: made once, never moved. The same digest there is done, another a conflict. */
export function imageTagStep(subject: ImageOfVersion, held: HeldTags): Step {
  const { version, image } = subject;
  return {
    key: imageTagKey(image.repository, version),
    text: `${nameOf(image)} gets the tag ${version}`,
    already: isHeld(held, version, image),
    toEffect: run =>
      tagEffect(version, subject, run.openImage(image.repository), {
        moves: false,
      }),
  };
}

/** A tag that follows the highest stable version, such as `latest`: overwritten. */
export function movingTagStep(
  tag: string,
  subject: ImageOfVersion,
  held: HeldTags,
): Step {
  const { image } = subject;
  return {
    key: imageTagKey(image.repository, tag),
    text: `${nameOf(image)} becomes ${tag}`,
    already: isHeld(held, tag, image),
    toEffect: run =>
      tagEffect(tag, subject, run.openImage(image.repository), {
        moves: true,
      }),
  };
}

function tagEffect(
  tag: string,
  subject: ImageOfVersion,
  repository: ImageRepository,
  { moves }: { readonly moves: boolean },
): Omit<Effect, 'key'> {
  const { digest } = subject.image;
  return {
    async find(signal): Promise<Found> {
      const held = await repository.readDigest(tag, signal);
      if (held === digest) return { kind: 'as-planned' };
      return held === undefined || moves
        ? { kind: 'absent' }
        : { kind: 'different', detail: `holds ${held}, planned ${digest}` };
    },
    async create(signal) {
      const manifest = await readPlanned(subject, repository, signal);
      await repository.putManifest(tag, manifest, signal, { overwrite: moves });
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
  throw releaseErrors.promiseBroken(version, repository.name, image.digest);
}

function isHeld(
  held: HeldTags,
  tag: string,
  { digest }: PlannedImage,
): boolean {
  return Object.hasOwn(held, tag) && held[tag] === digest;
}

/** Enough of the digest to tell images apart: `Image ghcr.io/acme/ledger@sha256:9f2c41…`. */
function nameOf({ repository, digest }: PlannedImage): string {
  return `Image ${repository}@${digest.slice(0, 'sha256:'.length + 12)}…`;
}
