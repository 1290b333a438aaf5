import { DojoError } from 'backstage-plugin-dojo-common';

/** Every failure of making a new service. */
export const serviceErrors = {
  repositoryTaken: (repository: string, why: string) =>
    new DojoError({
      code: 'SERVICE_REPOSITORY_TAKEN',
      kind: 'conflict',
      message: `repository ${repository} exists already: ${why}`,
      hint: 'Choose another name. What is there stays as it is.',
    }),
  repositoryInvalid: (repository: string) =>
    new DojoError({
      code: 'SERVICE_REPOSITORY_INVALID',
      kind: 'input',
      message: `${JSON.stringify(
        repository,
      )} names no new repository of the local forge`,
      hint: 'Name it file:<name>.git, with a name in lower-case letters, digits and hyphens.',
    }),
  noFiles: () =>
    new DojoError({
      code: 'SERVICE_FILES_REFUSED',
      kind: 'refused',
      message: 'the workspace holds no file that a repository could begin with',
      hint: 'Publish after the step that fetches the skeleton.',
    }),
  nameTaken: (name: string) =>
    new DojoError({
      code: 'SERVICE_NAME_TAKEN',
      kind: 'conflict',
      message: `A component named ${name} exists already.`,
      hint: 'Choose another name.',
    }),
  ownerUnknown: (owner: string) =>
    new DojoError({
      code: 'SERVICE_OWNER_UNKNOWN',
      kind: 'input',
      message: `${owner} is not in the catalog`,
      hint: 'Choose a group or a user of the catalog.',
    }),
  systemUnknown: (system: string) =>
    new DojoError({
      code: 'SERVICE_SYSTEM_UNKNOWN',
      kind: 'input',
      message: `${system} is not in the catalog`,
      hint: 'Choose a system of the catalog, or none.',
    }),
  environmentUnknown: (name: string, known: readonly string[]) =>
    new DojoError({
      code: 'ENVIRONMENT_NOT_FOUND',
      kind: 'not-found',
      message: `there is no environment ${JSON.stringify(name)} (there is: ${
        known.join(', ') || 'none'
      })`,
      hint: 'Choose one of them, or add it to dojo.environments of app-config.yaml.',
    }),
  hostTaken: (
    host: string,
    by: { readonly component: string; readonly environment: string },
  ) =>
    new DojoError({
      code: 'SERVICE_HOST_TAKEN',
      kind: 'conflict',
      message: `${host} is the host of ${by.component} on ${by.environment} already`,
      hint: 'Choose another host, or leave it empty: the overlay then has no ingress.',
    }),
  storageShrinks: (overlay: string, held: string, wished: string) =>
    new DojoError({
      code: 'SERVICE_STORAGE_SHRINKS',
      kind: 'refused',
      message: `the claim of ${overlay} has ${held}, and ${wished} is less`,
      hint: `Ask for ${held} or more: a claim never shrinks.`,
    }),
  nameTooLong: (name: string, environment: string) =>
    new DojoError({
      code: 'DEPLOYMENT_NAME_UNFIT',
      kind: 'refused',
      message: `${name} is too long for ${environment}: the namespace ${name}-${environment} has more than 63 characters`,
      hint: 'Choose a shorter name.',
    }),
};
