import type { InfraRepository, NoteRepository } from '../deploy/ports';
import type { GitRepository } from '../release/ports';
import type { FolderRepository } from '../repository/tagged-folder';
import { GitBaseRepository } from './infra/base-repository';
import { GitInfraRepository } from './infra/infra-repository';
import type { LandingRepository } from '../deploy/landings/ports';
import { GitLandingRepository } from './mirror/landing-repository';
import type { StandingRepository } from '../release/standing/ports';
import { createMirrorOpener } from './mirror/mirror-opener';
import type { MirrorOpenerOptions } from './mirror/mirror-opener';
import { GitStandingRepository } from './mirror/standing-repository';
import { createObjectCache } from './infra/object-cache';
import type { ObjectCacheOptions } from './infra/object-cache';
import { GitCliRepository } from './release/git-repository';
import { createRemoteOpener } from './remote/open-remote';
import type { RemoteOpenerOptions } from './remote/open-remote';

/** Options of {@link createGitOpener}. */
export type GitOpenerOptions = RemoteOpenerOptions;

/**
 * Opens repositories by address; each for one run, to be disposed of after it. Nothing is read but a local path's kind.
 *
 * @throws DojoError GIT_URL_INVALID, GIT_HOST_NOT_ALLOWED, GIT_PATH_OUTSIDE_FORGE, GIT_CHECKOUT and the like; never
 * with the URL's credentials in it.
 */
export function createGitOpener(
  options: GitOpenerOptions,
): (url: string) => Promise<GitRepository & FolderRepository> {
  const open = createRemoteOpener(options);
  return async url => new GitCliRepository(await open(url));
}

/**
 * Opens the repositories of overlays by address, as {@link createGitOpener} does.
 *
 * @throws DojoError as {@link createGitOpener}.
 */
export function createInfraOpener(
  options: GitOpenerOptions,
): (url: string) => Promise<InfraRepository & NoteRepository> {
  const open = createRemoteOpener(options);
  return async url => new GitInfraRepository(await open(url));
}

/** Options of {@link createBaseOpener}. */
export interface BaseOpenerOptions extends GitOpenerOptions {
  /** Keeps what is read of remote repositories; default: nothing is kept. */
  readonly cache?: ObjectCacheOptions;
}

/**
 * Opens the repositories of bases by address, as {@link createGitOpener} does. A commit that was read before is read from
 * the cache, without a request; the address has to be allowed all the same.
 *
 * @throws DojoError as {@link createGitOpener}.
 */
export function createBaseOpener(
  options: BaseOpenerOptions,
): (url: string) => Promise<GitBaseRepository> {
  const open = createRemoteOpener(options);
  const cache = options.cache && createObjectCache(options.cache);
  return async url => new GitBaseRepository(await open(url), cache);
}

/** Options of {@link createStandingOpener} and {@link createLandingOpener}. */
export type HistoryOpenerOptions = MirrorOpenerOptions;

/**
 * Makes the function that runs something with a repository whose history stays on this machine, one run after the other.
 *
 * @throws DojoError as {@link createGitOpener}, and what the run throws.
 */
export function createStandingOpener(
  options: HistoryOpenerOptions,
): <T>(
  url: string,
  run: (repository: StandingRepository) => Promise<T>,
) => Promise<T> {
  const use = createMirrorOpener(options, 'history');
  return (url, run) =>
    use(url, mirror => run(new GitStandingRepository(mirror)));
}

/**
 * The same for the repository of overlays, of which everything stays on this machine.
 *
 * @throws DojoError as {@link createGitOpener}, and what the run throws.
 */
export function createLandingOpener(
  options: HistoryOpenerOptions,
): <T>(
  url: string,
  run: (repository: LandingRepository) => Promise<T>,
) => Promise<T> {
  const use = createMirrorOpener(options, 'all');
  return (url, run) =>
    use(url, mirror => run(new GitLandingRepository(mirror)));
}
