import type { ReleaseRequest } from 'backstage-plugin-dojo-common';
import semver from 'semver';
import type { RemoteRefs, VersionTag } from '../repository/repository-data';
import { few, repositoryErrors } from '../repository/repository-errors';
import { selectVersionTags } from '../repository/version-tags';

/** The version tags that a release goes on from. */
export interface ChosenVersionLine {
  readonly prefix: string;
  /** Highest version first. */
  readonly tags: readonly VersionTag[];
  /** What a reader should know of the tags that are left out. */
  readonly warnings: readonly string[];
}

/**
 * Chooses the version line of a request, and never without a word: several lines, or tags that only look like versions
 * and stand above all others, are refused, since the next version would be the wrong one.
 *
 * @throws DojoError GIT_VERSION_LINES_AMBIGUOUS, GIT_VERSION_TAGS_UNREAD; the second not where the version is asked for
 * by name.
 */
export function chooseVersionLine(
  tags: RemoteRefs['tags'],
  request: Pick<ReleaseRequest, 'bump' | 'tagPrefix' | 'path'>,
  repository: string,
): ChosenVersionLine {
  const line = selectVersionTags(tags, request);
  const { others, unread } = line;
  if (line.isAmbiguous) {
    throw repositoryErrors.versionLinesAmbiguous(repository, others);
  }
  const isByName = semver.valid(request.bump) !== null;
  const isChosen = request.tagPrefix !== undefined && line.tags.length > 0;
  if (line.isUnreadAbove && !isByName && !isChosen) {
    throw repositoryErrors.versionTagsUnread(repository, unread);
  }
  return {
    prefix: line.prefix,
    tags: line.tags,
    warnings: [
      ...(line.isShort
        ? [
            `Tags of two numbers are read as versions: ${line.tags[0].name} is ${line.tags[0].version}.`,
          ]
        : []),
      ...(unread.length === 0
        ? []
        : [
            `Tags that look like versions and are not read as such: ${few(
              unread,
            )}.`,
          ]),
      // Whoever chose a line that exists knows of the others.
      ...(others.length === 0 || isChosen
        ? []
        : [
            `Tags of other components are not read: ${few(
              others,
            )}. This release goes by ${
              line.tags[0]?.name ?? `${line.prefix}1.2.3`
            }.`,
          ]),
    ],
  };
}
