import { isAbsolute, join } from 'node:path';
import type { KustomizeOptions } from 'dojo-portal-core/deploy';
import type { BaseOpenerOptions } from 'dojo-portal-core/repository';

/** Renders and bases are apart: each cache removes what it has too much of. */
type Kept = 'bases' | 'renders';

/**
 * Where what is read of remote bases, or was rendered, is kept: `dojo` below XDG_CACHE_HOME, else below `~/.cache` (XDG Base
 * Directory Specification, which leaves out a path that is not absolute). Without a home nothing is kept.
 */
function cacheOf(
  { XDG_CACHE_HOME: caches, HOME: home }: Environment,
  kept: Kept,
): { readonly cache?: { readonly folder: string } } {
  if (caches && isAbsolute(caches)) {
    return { cache: { folder: join(caches, 'dojo', kept) } };
  }
  if (home && isAbsolute(home)) {
    return { cache: { folder: join(home, '.cache', 'dojo', kept) } };
  }
  return {};
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What is kept of remote bases. */
export function baseCacheOf(
  env: Environment,
): Pick<BaseOpenerOptions, 'cache'> {
  return cacheOf(env, 'bases');
}

/** What kustomize made of the same files before. */
export function renderCacheOf(
  env: Environment,
): Pick<KustomizeOptions, 'cache'> {
  return cacheOf(env, 'renders');
}
