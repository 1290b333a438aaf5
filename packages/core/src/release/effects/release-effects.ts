import type {
  NewRelease,
  PlannedEffect,
  ReleaseDecides,
  ReleasePromise,
} from 'backstage-plugin-dojo-common';
import {
  forgeReleaseKey,
  imageBytesKey,
  imageTagKey,
  refsKey,
} from './effect-keys';
import type { ReleaseState } from '../release-state';

/**
 * The effects of a plan in words, in the order in which they are settled (docs/explanation/release.md): first what the
 * newest tag still promises, then the new release. Execute settles the same keys in the same order.
 */
export function plannedEffects(
  { branch, base, finish, release }: ReleaseDecides,
  state: Pick<ReleaseState, 'image'>,
): PlannedEffect[] {
  const holds = (digest: string, tag: string) =>
    state.image !== undefined &&
    Object.hasOwn(state.image.tags, tag) &&
    state.image.tags[tag] === digest;
  return [
    ...(finish ? promiseEffects(finish, () => false) : []),
    ...(release ? releaseEffects(branch, base, release, holds) : []),
  ];
}

function releaseEffects(
  branch: string,
  base: string,
  release: NewRelease,
  holds: (digest: string, tag: string) => boolean,
): PlannedEffect[] {
  const { tag, image } = release;
  return [
    ...(image
      ? [
          {
            key: imageBytesKey(image.digest),
            text: `Image ${image.repository}@${short(
              image.digest,
            )} of commit ${base.slice(
              0,
              7,
            )} is there to be tagged (same bytes, nothing rebuilt)`,
            // The source tag that it was read by is in the same repository.
            already: true,
          },
        ]
      : []),
    {
      key: refsKey(branch, tag),
      text: `One push: the release commit on ${branch} and the annotated tag ${tag} (both or neither)`,
      already: false,
    },
    ...promiseEffects(release, holds),
  ];
}

function promiseEffects(
  {
    version,
    tag,
    image,
    movingTags,
    forgeRelease,
  }: Pick<
    ReleasePromise,
    'version' | 'tag' | 'image' | 'movingTags' | 'forgeRelease'
  >,
  holds: (digest: string, tag: string) => boolean,
): PlannedEffect[] {
  const imageTag = (name: string, what: string): PlannedEffect[] =>
    image
      ? [
          {
            key: imageTagKey(image.repository, name),
            text: `Image ${image.repository}@${short(
              image.digest,
            )} ${what} ${name}`,
            already: holds(image.digest, name),
          },
        ]
      : [];
  return [
    ...imageTag(version, 'gets the tag'),
    ...(forgeRelease
      ? [
          {
            key: forgeReleaseKey(tag),
            text: `GitHub release ${tag} with the notes`,
            already: false,
          },
        ]
      : []),
    ...movingTags.flatMap(name => imageTag(name, 'becomes')),
  ];
}

/** Enough of a digest to tell images apart: `sha256:9f2c41…`. */
function short(digest: string): string {
  return `${digest.slice(0, 'sha256:'.length + 12)}…`;
}
