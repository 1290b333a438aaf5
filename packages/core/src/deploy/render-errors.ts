import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of what was rendered, one for each code. */
export const renderErrors = {
  invalid: (why: string) =>
    new DojoError({
      code: 'RENDER_INVALID',
      kind: 'refused',
      message: `what kustomize rendered cannot be read: ${why}`,
      hint: 'Look at what kubectl kustomize prints for the overlay, and correct the object.',
    }),
  /** `place` of the entry, `container` that it must not have changed. */
  imagePatternHit: (
    place: string,
    name: string,
    image: string,
    object: string,
  ) =>
    new DojoError({
      code: 'IMAGE_PATTERN_HIT',
      kind: 'refused',
      message: `${place}: the image name "${name}" is a pattern to kustomize, and it also changed ${image} of ${object}`,
      hint: 'Name the image in full, and give the other container an image that the name does not fit.',
    }),
};
