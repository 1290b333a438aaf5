import type { DeployedVersion } from 'backstage-plugin-dojo-common';

/**
 * Whether a version is what an overlay has: the commit of the base, and each image that belongs to it. From which registry
 * an image is taken is the environment's own; what runs is in the digest.
 */
export function hasSamePins(
  version: DeployedVersion,
  held: DeployedVersion,
): boolean {
  return (
    version.commit === held.commit &&
    version.images.every(({ name, digest, newTag }) =>
      held.images.some(
        pin =>
          pin.name === name &&
          (digest === undefined
            ? pin.newTag === newTag
            : pin.digest === digest),
      ),
    )
  );
}
