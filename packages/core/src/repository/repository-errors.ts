import { DojoError } from 'backstage-plugin-dojo-common';

const maxNamed = 5;
const choose =
  'Say which tags are meant: --tag-prefix, annotation dojo/tag-prefix; of one folder: --path, dojo/path.';

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
  /** Tags of several lines, and nothing that says which is meant. `highest`: one of each line. */
  versionLinesAmbiguous: (repository: string, highest: readonly string[]) =>
    new DojoError({
      code: 'GIT_VERSION_LINES_AMBIGUOUS',
      kind: 'refused',
      message: `${repository} has several lines of version tags: ${few(
        highest,
      )}`,
      hint: choose,
    }),
  /** Tags that look like versions and are none, above all that are read. */
  versionTagsUnread: (repository: string, unread: readonly string[]) =>
    new DojoError({
      code: 'GIT_VERSION_TAGS_UNREAD',
      kind: 'refused',
      message: `${repository} has tags that look like versions, and are not read as such: ${few(
        unread,
      )}`,
      hint: `A version has three numbers, as v1.2.3: ask for the next one by name, or tag the last one so. ${choose}`,
    }),
};

/** The first few names, and how many more there are. */
export function few(names: readonly string[]): string {
  const shown = names.slice(0, maxNamed).join(', ');
  const more = names.length - maxNamed;
  return more > 0 ? `${shown} and ${more} more` : shown;
}
