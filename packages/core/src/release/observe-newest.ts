import { isStable } from '../repository/version-tags';
import { parseTagMessage } from './commit-message';
import type { TagPromise } from './commit-message';
import type { GitRepository } from './ports';
import type { NewestRelease } from './release-state';
import type {
  CommitRange,
  ObservedCommit,
  VersionTag,
} from '../repository/repository-data';

/** A release by its tag, and what the tag promises; only tags of our own do. */
export interface ObservedTag {
  readonly release: NewestRelease;
  readonly promise?: TagPromise;
}

/** The newest release that the branch holds, and the commits around it. */
export interface NewestHistory {
  readonly newest?: ObservedTag;
  readonly newestStable?: VersionTag;
  readonly commits: readonly ObservedCommit[];
  readonly earlierCommits: readonly ObservedCommit[];
  readonly cappedAt?: number;
}

/** The version line that is looked for. */
export interface HistoryLine {
  /** Highest version first. */
  readonly tags: readonly VersionTag[];
  /** Only commits that changed something below it count. */
  readonly path?: string;
}

/** Commits read of a repository without a version tag. */
export const maxFirstCommits = 1_000;
/** Commits read since a version tag; more than any team makes between two releases. */
export const maxCommits = 100_000;

/**
 * Finds the newest version tag that is an ancestor of `base`, by proof and not by name: on a maintenance line the
 * highest version is elsewhere.
 */
export async function observeNewest(
  base: string,
  { tags, path }: HistoryLine,
  repository: GitRepository,
  signal: AbortSignal,
): Promise<NewestHistory> {
  const found = await readSinceHighest(
    base,
    { tags, path },
    repository,
    signal,
  );
  if (found === undefined) {
    const range = await repository.readCommits(
      { head: base, cap: maxFirstCommits, path },
      signal,
    );
    return { ...range!, earlierCommits: [] };
  }

  const { tag, range } = found;
  const newest = await readNewest(tag, repository, signal);
  if (isStable(tag.version)) {
    return { newest, newestStable: tag, ...range, earlierCommits: [] };
  }
  const stable = await readSinceHighest(
    tag.commit,
    { tags: tags.filter(({ version }) => isStable(version)), path },
    repository,
    signal,
  );
  if (stable !== undefined) {
    return {
      newest,
      newestStable: stable.tag,
      ...range,
      earlierCommits: stable.range.commits,
    };
  }
  const earlier = await repository.readCommits(
    { head: tag.commit, cap: maxFirstCommits, path },
    signal,
  );
  return { newest, ...range, earlierCommits: earlier!.commits };
}

async function readSinceHighest(
  head: string,
  { tags, path }: HistoryLine,
  repository: GitRepository,
  signal: AbortSignal,
): Promise<
  { readonly tag: VersionTag; readonly range: CommitRange } | undefined
> {
  if (tags.length === 0) return undefined;
  const read = async (tag: VersionTag) => {
    const since = { ref: `refs/tags/${tag.name}`, commit: tag.commit };
    const range = await repository.readCommits(
      { head, since, cap: maxCommits, path },
      signal,
    );
    return range && { tag, range };
  };
  const highest = await read(tags[0]);
  if (highest !== undefined) return highest;
  const ancestors = await repository.readAncestors(
    head,
    tags.map(({ commit }) => commit),
    signal,
  );
  const reachable = tags.find(({ commit }) => ancestors.has(commit));
  return reachable && read(reachable);
}

async function readNewest(
  { name, version, commit }: VersionTag,
  repository: GitRepository,
  signal: AbortSignal,
): Promise<ObservedTag> {
  const tag = await repository.readTag(`refs/tags/${name}`, signal);
  const { parents } = await repository.readCommit(commit, signal);
  const promise = tag && parseTagMessage(tag.message);
  const release = {
    tag: name,
    version,
    commit,
    notes: promise?.notes ?? '',
    ...(promise?.planHash !== undefined && { planHash: promise.planHash }),
    ...(parents.length > 0 && { parent: parents[0] }),
  };
  return promise?.planHash === undefined ? { release } : { release, promise };
}
