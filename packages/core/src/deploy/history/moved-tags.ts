import { shortOid } from 'backstage-plugin-dojo-common';
import { deployErrors } from '../deploy-errors';
import type { LandedChange } from '../deployment-message';
import { isSameBase } from './landed-version';

/** One pin of a tag, somewhere in the infra repository, now or earlier. */
export interface TagPin {
  readonly tag: string;
  readonly commit: string;
  /** `ledger/dev` */
  readonly folder: string;
  /** Commit of the infra repository where it was seen. */
  readonly infraCommit: string;
}

/**
 * Ensures that a tag leads to the commit that it led to whenever it was deployed.
 *
 * @param recorded - pins by messages of runs; where they know the tag, comments are not asked, which a person may have
 * left as they were.
 * @throws DojoError DEPLOY_TAG_MOVED, with both commits.
 */
export function ensureTagStands(
  tag: string,
  now: string,
  recorded: readonly TagPin[],
  commented: readonly TagPin[],
): void {
  const known = recorded.filter(pin => pin.tag === tag);
  const pins =
    known.length > 0 ? known : commented.filter(pin => pin.tag === tag);
  if (pins.some(({ commit }) => commit === now)) return;
  const [other] = pins;
  if (other === undefined) return;
  throw deployErrors.tagMoved(
    tag,
    { pinned: other.commit, now },
    `${other.folder} (infra commit ${shortOid(other.infraCommit)})`,
  );
}

/**
 * Ensures that the image of a version is the one that was deployed under this name before.
 *
 * @throws DojoError DEPLOY_IMAGE_MOVED, with both digests.
 */
export function ensureImageStands(
  image: {
    readonly repository: string;
    readonly tag: string;
    readonly digest: string;
  },
  version: { readonly base: string; readonly commit: string },
  changes: readonly LandedChange[],
): void {
  const { repository, tag, digest } = image;
  for (const change of changes) {
    if (change.commit !== version.commit) continue;
    if (!isSameBase(change.base, version.base)) continue;
    const held = change.images.find(({ name }) => name === repository);
    if (held !== undefined && held.digest !== digest) {
      throw deployErrors.imageMoved(
        `${repository}:${tag}`,
        { pinned: held.digest, now: digest },
        `${change.component}/${change.environment}`,
      );
    }
    if (held !== undefined) return;
  }
}
