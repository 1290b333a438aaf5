/**
 * Repositories, read and written with git, and what all engines read of them.
 *
 * @packageDocumentation
 */
export {
  createBaseOpener,
  createGitOpener,
  createInfraOpener,
  createLandingOpener,
  createStandingOpener,
} from '../git/git-opener';
export type {
  BaseOpenerOptions,
  GitOpenerOptions,
  HistoryOpenerOptions,
} from '../git/git-opener';
export { repositoryLinks } from '../repository/repository-links';
export type {
  ForgePage,
  RepositoryLinks,
} from '../repository/repository-links';
export type { GitBaseRepository } from '../git/infra/base-repository';
export type { ObjectCacheOptions } from '../git/infra/object-cache';
export type { LocalRoot } from '../git/remote/local-repository';
export type { FolderFile, FolderToRead } from '../repository/repository-data';
export { readVersions } from '../repository/read-versions';
export { readTaggedFolder } from '../repository/tagged-folder';
export type {
  FolderRepository,
  TaggedFolder,
} from '../repository/tagged-folder';
