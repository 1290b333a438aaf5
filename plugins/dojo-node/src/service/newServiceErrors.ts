import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of making a service that only the portal knows. */
export const newServiceErrors = {
  /** No folder of repositories is configured. */
  forgeMissing: () =>
    new DojoError({
      code: 'SERVICE_FORGE_MISSING',
      kind: 'refused',
      message: 'this portal has no local forge',
      hint: 'Choose GitHub or GitLab, or set dojo.localForge.root in app-config.yaml.',
    }),
  /** The name is another repository's. */
  nameTaken: (name: string) =>
    new DojoError({
      code: 'SERVICE_NAME_TAKEN',
      kind: 'conflict',
      message: `A component named ${name} exists already.`,
      hint: 'Choose another name.',
    }),
  /** The repository is there, and the catalog has not read it. */
  entryWaiting: (ref: string, seconds: number) =>
    new DojoError({
      code: 'SERVICE_ENTRY_WAITING',
      kind: 'unavailable',
      message: `the catalog has not read ${ref} within ${seconds} s`,
      hint: 'Run the task again. Where it stays so, the log of the catalog says what is wrong with catalog-info.yaml.',
    }),
};
