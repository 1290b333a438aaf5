import type {
  PlannedImage,
  ReleasePromise,
  ReleaseRequest,
} from 'backstage-plugin-dojo-common';
import { isHighestStable } from '../repository/version-tags';
import type { TagPromise } from './commit-message';
import { readDigests } from './observe-image';
import type { ObservedTag } from './observe-newest';
import type { Forge, ReleasePorts } from './ports';
import { releaseErrors } from './release-errors';
import type { VersionTag } from '../repository/repository-data';

/** What the newest tag promised, against what the systems hold. */
export interface ObservedPromise {
  /** What is there of it. */
  readonly kept: {
    readonly imageDigest?: string;
    readonly releaseUrl?: string;
  };
  /** What is missing; absent where nothing is. */
  readonly open?: ReleasePromise;
  readonly warnings: readonly string[];
}

/** What {@link observePromise} looks at. */
export interface PromiseSubject {
  readonly request: ReleaseRequest;
  readonly newest: ObservedTag | undefined;
  readonly versionTags: readonly VersionTag[];
  readonly forge: Forge | undefined;
}

interface ImagePromise {
  readonly imageDigest?: string;
  readonly open?: {
    readonly image: PlannedImage;
    readonly movingTags: readonly string[];
  };
}

/**
 * Asks registry and forge what is missing of what the newest tag promised. Trailers are compared with the request,
 * never obeyed: one that names another image is said, and not acted on. Tags of other tools promise nothing.
 *
 * @throws DojoError RELEASE_PROMISE_BROKEN where the promised image is gone and not abandoned.
 */
export async function observePromise(
  subject: PromiseSubject,
  ports: ReleasePorts,
  options: { readonly signal: AbortSignal; readonly abandon?: string },
): Promise<ObservedPromise> {
  const { newest, request, forge } = subject;
  const warnings = abandonWarnings(newest, options.abandon);
  if (newest?.promise === undefined) return { kept: {}, warnings };
  const { promise, release } = newest;
  const { version, tag } = release;
  const isForeignImage =
    promise.image !== undefined &&
    (request.image === undefined ||
      ports.openImage(request.image).name !== promise.image.repository);
  if (isForeignImage) {
    warnings.push(
      `tag ${tag} names the image ${
        promise.image!.repository
      }, which is not this component's (${
        request.image ?? 'none'
      }): it is left alone`,
    );
  }
  const isAbandoned = options.abandon === version;
  const image: ImagePromise =
    isForeignImage || isAbandoned
      ? {}
      : await observeImagePromise(subject, promise, ports, options.signal);
  const published =
    promise.forgeRelease && forge
      ? await forge.readRelease(tag, options.signal)
      : undefined;
  const isUnpublished =
    promise.forgeRelease &&
    request.forgeRelease !== 'none' &&
    forge !== undefined &&
    published === undefined &&
    !isAbandoned;
  const kept = {
    ...(image.imageDigest && { imageDigest: image.imageDigest }),
    ...(published && { releaseUrl: published.url }),
  };
  if (image.open === undefined && !isUnpublished) return { kept, warnings };
  return {
    kept,
    warnings,
    open: {
      version,
      tag,
      commit: release.commit,
      notes: release.notes,
      ...(image.open && { image: image.open.image }),
      movingTags: [...(image.open?.movingTags ?? [])],
      forgeRelease: isUnpublished,
    },
  };
}

function abandonWarnings(
  newest: ObservedTag | undefined,
  abandon: string | undefined,
): string[] {
  if (abandon === undefined) return [];
  const version = newest?.release.version;
  return version === abandon
    ? [`what ${version} left open is abandoned, as asked for`]
    : [
        `nothing of ${abandon} is abandoned: the newest version is ${
          version ?? 'none'
        }`,
      ];
}

async function observeImagePromise(
  { newest, request, versionTags }: PromiseSubject,
  promise: TagPromise,
  ports: ReleasePorts,
  signal: AbortSignal,
): Promise<ImagePromise> {
  if (promise.image === undefined) return {};
  const { digest } = promise.image;
  const { version, commit, parent } = newest!.release;
  const image = ports.openImage(request.image!);
  // Moving tags follow the highest stable version only.
  const movingTags = isHighestStable(version, versionTags)
    ? promise.movingTags
    : [];
  const digests = await readDigests(image, [version, ...movingTags], signal);
  const missing = movingTags.filter(tag => digests[tag] !== digest);
  if (digests[version] !== undefined && missing.length === 0) {
    return { imageDigest: digests[version] };
  }
  const manifest = await image.readManifest(digest, signal);
  if (manifest === undefined)
    throw releaseErrors.promiseBroken(version, image.name, digest);
  return {
    imageDigest: digest,
    open: {
      image: {
        repository: image.name,
        digest,
        mediaType: manifest.mediaType,
        sourceTag: parent ?? commit,
      },
      movingTags: missing,
    },
  };
}
