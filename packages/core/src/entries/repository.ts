/**
 * Repositories, read and written with git, and what all engines read of them.
 *
 * @packageDocumentation
 */
export { createGitOpener } from '../git/git-opener';
export type { GitOpenerOptions } from '../git/git-opener';
export type { LocalRoot } from '../git/local-repository';
export type { FolderFile, FolderToRead } from '../repository/repository-data';
export { readVersions } from '../repository/read-versions';
export { readTaggedFolder } from '../repository/tagged-folder';
export type {
  FolderRepository,
  TaggedFolder,
} from '../repository/tagged-folder';
