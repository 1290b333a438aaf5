import { DojoError } from 'backstage-plugin-dojo-common';

const byHand =
  'Change it by hand, so that the value stands there as plain or quoted text, and run it again.';

/** The errors of reading and editing an overlay. `at` is a place: `ledger/dev/kustomization.yaml:12`. */
export const overlayErrors = {
  /** YAML that does not parse, or a file of another shape. */
  unreadable: (at: string, why: string) =>
    new DojoError({
      code: 'DEPLOY_OVERLAY_UNREADABLE',
      kind: 'input',
      message: `${at} cannot be read: ${why}`,
      hint: 'Correct the file in the infra repository, and run it again.',
    }),
  /** A value that stands where no splice can set it without changing something else. */
  notEditable: (at: string, what: string, why: string, hint = byHand) =>
    new DojoError({
      code: 'DEPLOY_OVERLAY_NOT_EDITABLE',
      kind: 'refused',
      message: `${at}: ${what} cannot be changed safely: ${why}`,
      hint,
    }),
  /** Two files that kustomize could take for the one. */
  twoKustomizations: (folder: string, names: readonly string[]) =>
    new DojoError({
      code: 'DEPLOY_KUSTOMIZATION_TWICE',
      kind: 'refused',
      message: `${folder} holds ${names.join(
        ' and ',
      )}, of which kustomize takes only one`,
      hint: 'Remove the one that is not meant.',
    }),
  /** Files, and none of them a kustomization: it is no overlay of ours, and nothing is put among them. */
  noKustomization: (folder: string, files: readonly string[]) =>
    new DojoError({
      code: 'DEPLOY_KUSTOMIZATION_MISSING',
      kind: 'refused',
      message: `${folder} holds ${files
        .slice(0, 3)
        .join(', ')} and no kustomization.yaml`,
      hint: 'Add a kustomization.yaml that uses the base, or remove the folder.',
    }),
  /** The overlay uses other bases, or none. `found`: remote entries of its resources. */
  baseNotUsed: (at: string, base: string, found: readonly string[]) =>
    new DojoError({
      code: 'DEPLOY_BASE_NOT_USED',
      kind: 'refused',
      message: `${at} does not use the base ${base}; ${
        found.length === 0
          ? 'it uses no base of a git repository'
          : `it uses ${found.slice(0, 3).join(', ')}`
      }`,
      hint: 'Name the base as the overlay names it, or change its entry in resources by hand.',
    }),
  baseTwice: (at: string, base: string) =>
    new DojoError({
      code: 'DEPLOY_BASE_TWICE',
      kind: 'refused',
      message: `${at} uses the base ${base} a second time`,
      hint: 'Leave one entry.',
    }),
  /** An image pinned by a digest that belongs to the version before. */
  imageNotNamed: (at: string, image: string, version: string) =>
    new DojoError({
      code: 'DEPLOY_IMAGE_NOT_NAMED',
      kind: 'refused',
      message: `${at} pins ${image} by digest, and without an image repository the digest of ${version} is not known`,
      hint: `Name the image repository: --image ${image}.`,
    }),
  claimMissing: (folder: string, claim: string) =>
    new DojoError({
      code: 'DEPLOY_CLAIM_MISSING',
      kind: 'refused',
      message: `${folder} has no PersistentVolumeClaim ${claim} among its resources, so its storage cannot be set`,
      hint: `Put the file that holds the claim ${claim} back into resources, or leave the storage out.`,
    }),
  /** A claim can grow and cannot shrink (Kubernetes, "Expanding Persistent Volumes Claims"). */
  claimShrinks: (at: string, held: string, wished: string) =>
    new DojoError({
      code: 'DEPLOY_CLAIM_SHRINKS',
      kind: 'refused',
      message: `${withSpace(wished)} is less than the ${withSpace(
        held,
      )} of the existing claim; a claim cannot shrink.`,
      hint: `Ask for ${held} or more, or leave the storage out: ${at} says what it has.`,
    }),
  claimFixed: (at: string, what: string, held: string, wished: string) =>
    new DojoError({
      code: 'DEPLOY_CLAIM_FIXED',
      kind: 'refused',
      message: `${at}: the claim's ${what} is ${held}, and cannot become ${wished}`,
      hint: 'Make another environment with it, and move the data.',
    }),
  hostsSeveral: (at: string, hosts: readonly string[], wished: string) =>
    new DojoError({
      code: 'DEPLOY_HOST_AMBIGUOUS',
      kind: 'refused',
      message: `${at} has the hosts ${hosts
        .slice(0, 5)
        .join(', ')}, and which of them becomes ${wished} is not known`,
      hint: 'Change the host by hand, or leave it out.',
    }),
};

/** A quantity as a sentence has it: `5 Gi`. */
function withSpace(quantity: string): string {
  return quantity.replace(/^([\d.]+)([A-Za-z]+)$/, '$1 $2');
}
