import { DojoError, dojoAnnotations } from 'backstage-plugin-dojo-common';

/** The errors of asking the service for something. */
export const serviceErrors = {
  /** The entity ref cannot be read as one. */
  componentRefInvalid: (ref: string, cause: unknown) =>
    new DojoError({
      code: 'COMPONENT_REF_INVALID',
      kind: 'input',
      message: `${JSON.stringify(ref)} is not an entity ref`,
      hint: 'Name the component as component:default/ledger.',
      cause,
    }),
  /** The catalog says the same of what is not there and of what the initiator may not read; so do we. */
  componentNotFound: (ref: string) =>
    new DojoError({
      code: 'COMPONENT_NOT_FOUND',
      kind: 'not-found',
      message: `${ref} is not in the catalog, or you may not read it`,
      hint: 'Check the name, and that its catalog-info.yaml is registered.',
    }),
  /** Only components are delivered. */
  notAComponent: (ref: string, kind: string) =>
    new DojoError({
      code: 'NOT_A_COMPONENT',
      kind: 'input',
      message: `${ref} is of kind ${kind}, and only a Component can be released or migrated`,
      hint: 'Choose the component that the service belongs to.',
    }),
  /** Neither the annotation nor a source location that leads to a repository. */
  repositoryMissing: (ref: string) =>
    new DojoError({
      code: 'REPOSITORY_MISSING',
      kind: 'refused',
      message: `${ref} does not say in which git repository it lives`,
      hint: `Add the annotation ${dojoAnnotations.repository} to its catalog-info.yaml, such as https://github.com/acme/ledger.`,
    }),
  /** Its file names a repository that is neither its own nor allowed. No part of an address that cannot be read is shown. */
  repositoryNotAllowed: (
    ref: string,
    repository: string | undefined,
    home: string | undefined,
  ) =>
    new DojoError({
      code: 'REPOSITORY_NOT_ALLOWED',
      kind: 'refused',
      message: `${ref} may not use the repository ${
        repository ?? 'that it names'
      }: ${
        home === undefined
          ? 'it came from no repository that this portal can tell'
          : `it came from ${home}`
      }`,
      hint: 'Keep its catalog-info.yaml in the repository that is released, or have the repository added to dojo.allow.repositories of app-config.yaml.',
    }),
  /** Its file names an image that is not allowed. */
  imageNotAllowed: (ref: string, image: string) =>
    new DojoError({
      code: 'IMAGE_NOT_ALLOWED',
      kind: 'refused',
      message: `${ref} may not use the image ${image.slice(0, 200)}`,
      hint: 'Have it added to dojo.allow.images of app-config.yaml.',
    }),
  /** Its file names a repository of overlays that is not allowed. No part of an address that cannot be read is shown. */
  infraNotAllowed: (ref: string, infra: string | undefined) =>
    new DojoError({
      code: 'INFRA_NOT_ALLOWED',
      kind: 'refused',
      message: `${ref} may not keep its overlays in the repository ${
        infra ?? 'that it names'
      }`,
      hint: `Remove its annotation ${dojoAnnotations.infra}, or have the repository added to dojo.allow.infra of app-config.yaml.`,
    }),
  /** The policy says no. */
  permissionDenied: (permission: string, ref: string) =>
    new DojoError({
      code: 'PERMISSION_DENIED',
      kind: 'denied',
      message: `you may not do this with ${ref}: the permission ${permission} is not granted`,
      hint: 'Ask an owner of the component, or whoever keeps the permission policy of this portal.',
    }),
  /** The same, of what is done to nothing that is there yet. */
  notGranted: (permission: string) =>
    new DojoError({
      code: 'PERMISSION_DENIED',
      kind: 'denied',
      message: `you may not do this: the permission ${permission} is not granted`,
      hint: 'Ask whoever keeps the permission policy of this portal.',
    }),
  /** Everything that is wrong with `dojo:` in the configuration, at once. */
  configInvalid: (problems: readonly string[]) =>
    new DojoError({
      code: 'CONFIG_INVALID',
      kind: 'input',
      message: `the configuration has ${problems.length} ${
        problems.length === 1 ? 'problem' : 'problems'
      }:\n${problems.map(problem => `  ${problem}`).join('\n')}`,
      hint: 'Correct them in app-config.yaml; config.d.ts of backstage-plugin-dojo-node lists every key.',
    }),
};
