import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of reading a repository's versions; `repository` is its URL as a reader may see it. */
export const repositoryErrors = {
  /** No tag of the repository has this version. `newest`: the newest ones that exist. */
  versionNotFound: (
    repository: string,
    version: string,
    newest: readonly string[],
  ) =>
    new DojoError({
      code: 'GIT_VERSION_NOT_FOUND',
      kind: 'not-found',
      message: `${repository} has no tag of version ${version} (newest: ${newest.join(
        ', ',
      )})`,
      hint: 'Choose one of its versions, or release this one first.',
    }),
  /** No tag of the repository is a version. */
  versionMissing: (repository: string) =>
    new DojoError({
      code: 'GIT_VERSION_MISSING',
      kind: 'refused',
      message: `${repository} has no version yet: no tag such as v1.0.0`,
      hint: 'Release it first: what runs in an environment comes from a version.',
    }),
};
