import { DojoError } from 'backstage-plugin-dojo-common';

/** Every failure that only a repository in a folder has; `layout` is its name: `oci:images/ledger`. */
export const layoutErrors = {
  outsideRoot: (layout: string) =>
    new DojoError({
      code: 'IMAGE_LAYOUT_OUTSIDE_FORGE',
      kind: 'input',
      message: `image repository ${layout} is outside the local forge`,
      hint: 'Image layouts are named relative to dojo.localForge.root, such as oci:images/ledger.',
    }),
  missing: (layout: string) =>
    new DojoError({
      code: 'IMAGE_LAYOUT_MISSING',
      kind: 'not-found',
      message: `image repository ${layout} is not there: no folder with oci-layout and index.json`,
      hint: 'Name the folder of an OCI image layout, such as `skopeo copy docker://… oci:images/ledger:1.0.0` makes.',
    }),
  invalid: (layout: string, problem: string) =>
    new DojoError({
      code: 'IMAGE_LAYOUT_INVALID',
      kind: 'refused',
      message: `image repository ${layout} is no OCI image layout: ${problem}`,
      hint: 'Make the layout again with a tool that writes them (skopeo, crane, buildx), and leave its files to it.',
    }),
  busy: (layout: string, holder: string) =>
    new DojoError({
      code: 'IMAGE_LAYOUT_BUSY',
      kind: 'unavailable',
      message: `image repository ${layout} has been written by another process for half a minute (${holder})`,
      hint: 'Run it again later; where that process lives no more, on another machine, remove the folder named.',
    }),
  unwritable: (layout: string, said: string) =>
    new DojoError({
      code: 'IMAGE_LAYOUT_UNWRITABLE',
      kind: 'unavailable',
      message: `image repository ${layout} cannot be written: ${said}`,
      hint: 'Give this user write access to the folder and all in it, and the disk room.',
    }),
};
