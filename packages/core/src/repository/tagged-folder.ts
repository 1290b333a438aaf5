import { isStable, selectVersionTags } from './version-tags';
import type { VersionLineChoice } from './version-tags';
import { repositoryErrors } from './repository-errors';
import type {
  FolderFile,
  FolderToRead,
  RemoteRefs,
  VersionTag,
} from './repository-data';

/** A repository whose folders can be read. */
export interface FolderRepository {
  /** The URL as a reader may see it: no credentials. */
  readonly display: string;
  readRefs(signal: AbortSignal): Promise<RemoteRefs>;
  /** @throws DojoError GIT_FOLDER_NOT_FOUND, GIT_FOLDER_ENTRY, GIT_FOLDER_TOO_LARGE. */
  readFolder(
    commit: string,
    folder: FolderToRead,
    signal: AbortSignal,
  ): Promise<FolderFile[]>;
}

/** A folder as it is in one version. */
export interface TaggedFolder {
  readonly version: string;
  /** Name of its tag. */
  readonly tag: string;
  readonly commit: string;
  readonly files: readonly FolderFile[];
}

const maxShownVersions = 3;

/**
 * Reads a folder at the tag of a version; the default is the highest version that is no pre-release, or the highest
 * pre-release where there is nothing else.
 *
 * @throws DojoError GIT_VERSION_MISSING, GIT_VERSION_NOT_FOUND, GIT_VERSION_LINES_AMBIGUOUS, GIT_VERSION_TAGS_UNREAD, and what {@link FolderRepository.readFolder} throws.
 */
export async function readTaggedFolder(
  repository: FolderRepository,
  request: {
    readonly version?: string;
    readonly folder: FolderToRead;
    /** Whose versions are meant, where the repository has several components. */
    readonly line?: VersionLineChoice;
  },
  signal: AbortSignal,
): Promise<TaggedFolder> {
  const { display } = repository;
  const refs = await repository.readRefs(signal);
  const versions = selectVersionTags(refs.tags, request.line);
  if (versions.isAmbiguous) {
    throw repositoryErrors.versionLinesAmbiguous(display, versions.others);
  }
  const { tags, unread } = versions;
  if (tags.length === 0 && unread.length > 0) {
    throw repositoryErrors.versionTagsUnread(display, unread);
  }
  const tag = chooseTag(tags, request.version, display);
  const files = await repository.readFolder(tag.commit, request.folder, signal);
  return { version: tag.version, tag: tag.name, commit: tag.commit, files };
}

function chooseTag(
  tags: readonly VersionTag[],
  version: string | undefined,
  display: string,
): VersionTag {
  const [highest] = tags;
  if (highest === undefined) throw repositoryErrors.versionMissing(display);
  if (version === undefined) {
    return tags.find(tag => isStable(tag.version)) ?? highest;
  }
  const found = tags.find(tag => tag.version === version);
  if (found !== undefined) return found;
  throw repositoryErrors.versionNotFound(
    display,
    version,
    tags.slice(0, maxShownVersions).map(tag => tag.version),
  );
}
