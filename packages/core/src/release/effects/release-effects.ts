import type {
  ReleaseDecides,
  ReleasePromise,
} from 'backstage-plugin-dojo-common';
import type { ReleaseState } from '../release-state';
import { forgeReleaseStep } from './forge-effects';
import { imageBytesStep, imageTagStep, movingTagStep } from './image-effects';
import { refsStep } from './refs-effect';
import type { ReleaseStep } from './release-run';

/**
 * The effects of a plan in the order in which they are settled (docs/explanation/release.md): first what the newest tag
 * still promises, then the new release.
 */
export function releaseEffects(
  { branch, base, finish, release }: ReleaseDecides,
  state: Pick<ReleaseState, 'image'>,
): ReleaseStep[] {
  const held = state.image?.tags ?? {};
  return [
    ...(finish ? promiseSteps(finish, {}) : []),
    ...(release?.image
      ? [imageBytesStep({ ...release, image: release.image }, base)]
      : []),
    ...(release ? [refsStep(branch, release)] : []),
    ...(release ? promiseSteps(release, held) : []),
  ];
}

/** What a version tag promises beyond itself; moving tags last, so that `latest` never leads to half a release. */
function promiseSteps(
  promise: Omit<ReleasePromise, 'commit'>,
  held: Readonly<Record<string, string>>,
): ReleaseStep[] {
  const { version, image, movingTags, forgeRelease } = promise;
  return [
    ...(image ? [imageTagStep({ version, image }, held)] : []),
    ...(forgeRelease ? [forgeReleaseStep(promise)] : []),
    ...movingTags.flatMap(tag =>
      image ? [movingTagStep(tag, { version, image }, held)] : [],
    ),
  ];
}
