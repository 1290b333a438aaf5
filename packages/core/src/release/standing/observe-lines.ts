import type { CommitVerdict, DeliveryLine } from 'backstage-plugin-dojo-common';
import type { ObservedFile } from '../../repository/repository-data';
import { isStable } from '../../repository/version-tags';
import { withoutPullRequest } from '../commits/parse-revert';
import { maxBytesOf, versionFilePaths } from '../release-paths';
import type { ChosenRefs } from './choose-refs';
import { judge, judgeLine } from './judge-line';
import type { GraphCommit, ShownCommit, StandingRepository } from './ports';
import type { SplitHistory } from './split-history';
import type { StandingOptions, StandingRequest } from './standing';

/** Commits of one line that are read; a line of more says so. */
const maxCommits = 2_000;

/** The history that lines are told from; the heads are points behind those of the tags. */
export interface LineHistory {
  readonly refs: ChosenRefs;
  readonly graph: readonly GraphCommit[];
  readonly split: SplitHistory;
}

/**
 * What waits on the release branch and on the maintenance branches; of those only where they hold something that is not
 * released, or not on the release branch.
 *
 * @throws DojoError as the repository is read.
 */
export async function observeLines(
  request: StandingRequest,
  repository: StandingRepository,
  history: LineHistory,
  options: StandingOptions,
): Promise<DeliveryLine[]> {
  const { refs } = history;
  const around = {
    request,
    prefix: refs.prefix,
    tags: refs.tags,
    isUnreadAbove: refs.unreadAbove !== undefined,
    ...(options.links && { links: options.links }),
  };
  const lines: DeliveryLine[] = [];
  const heads = [{ branch: refs.branch, head: refs.head }, ...refs.maintenance];
  for (const [index, { branch, head }] of heads.entries()) {
    const at = { branch, head, point: refs.tags.length + index };
    const observed = await observeLine(
      request,
      repository,
      { ...history, ...at, isMain: index === 0 },
      options.signal,
    );
    if (index === 0 || observed.count > 0 || observed.lacking.length > 0) {
      lines.push(judgeLine(observed, around));
    }
  }
  return lines;
}

interface LinePlace extends LineHistory {
  readonly branch: string;
  readonly head: string;
  readonly point: number;
  readonly isMain: boolean;
}

async function observeLine(
  request: StandingRequest,
  repository: StandingRepository,
  place: LinePlace,
  signal: AbortSignal,
) {
  const { refs, split, branch, head, point, isMain } = place;
  const newest = refs.tags.findIndex((_, tag) => split.reaches(point, tag));
  const stable = refs.tags.findIndex(
    ({ version }, tag) => split.reaches(point, tag) && isStable(version),
  );
  const read = (of: number, without: readonly number[]) =>
    readRange(request, repository, { ...place, point: of, without }, signal);
  const range = await read(point, newest < 0 ? [] : [newest]);
  const hasEarlier = newest >= 0 && newest !== stable;
  const earlier = hasEarlier
    ? await read(newest, stable < 0 ? [] : [stable])
    : undefined;
  return {
    branch,
    head,
    ...(newest >= 0 && { newest: refs.tags[newest] }),
    ...(stable >= 0 && { newestStable: refs.tags[stable] }),
    commits: range.commits,
    count: range.count,
    earlier: earlier?.commits ?? [],
    files: newest < 0 ? await readFiles(request, repository, head, signal) : [],
    lacking: isMain
      ? []
      : await readLacking(request, repository, place, signal),
    main: refs.branch,
  };
}

interface Range extends LinePlace {
  readonly without: readonly number[];
}

/** Commits that a point has and others do not; of a component in a folder those that touch it. */
async function readRange(
  { path }: StandingRequest,
  repository: StandingRepository,
  { split, graph, point, without }: Range,
  signal: AbortSignal,
): Promise<{ readonly commits: readonly ShownCommit[]; count: number }> {
  const all = split.commitsOf(point, without);
  const some = all.slice(0, maxCommits);
  if (path === undefined) {
    const commits = await repository.readCommits(some, signal);
    return { commits, count: all.length };
  }
  const wanted = new Set(some);
  const placed = graph.filter(({ oid }) => wanted.has(oid));
  const touching = await repository.readTouching(placed, path, signal);
  const mine = some.filter(oid => touching.has(oid));
  const commits = await repository.readCommits(mine, signal);
  // Of those that were not looked at nobody knows whether they count.
  const left = all.length - some.length;
  return { commits, count: commits.length + left };
}

/**
 * The commits that count for a version and that the release branch lacks. One that was picked over has another id there,
 * and is known by its subject, or by what `git cherry-pick -x` writes.
 */
async function readLacking(
  request: StandingRequest,
  repository: StandingRepository,
  place: LinePlace,
  signal: AbortSignal,
): Promise<readonly CommitVerdict[]> {
  const main = place.refs.tags.length;
  const read = (point: number, without: number) =>
    readRange(
      request,
      repository,
      { ...place, point, without: [without] },
      signal,
    );
  const here = (await read(place.point, main)).commits;
  const counting = judge(here).flatMap(({ verdict }, at) =>
    verdict.level === 'none' ? [] : [{ ...here[at], verdict }],
  );
  if (counting.length === 0) return [];
  const there = (await read(main, place.point)).commits;
  const subjects = new Set(there.map(({ message }) => subjectOf(message)));
  const picked = new Set(there.flatMap(({ message }) => pickedFrom(message)));
  return counting.flatMap(({ oid, message, verdict }) => {
    const isThere =
      subjects.has(subjectOf(message)) ||
      picked.has(oid) ||
      pickedFrom(message).some(from => place.split.holds(main, from));
    return isThere ? [] : [verdict];
  });
}

function subjectOf(message: string): string {
  return withoutPullRequest(message.trimStart().split('\n', 1)[0].trimEnd());
}

const pickedPattern = /^\(cherry picked from commit ([0-9a-f]{40,64})\)$/gm;

function pickedFrom(message: string): string[] {
  return [...message.matchAll(pickedPattern)].map(([, oid]) => oid);
}

/** What a first version may stand in. */
function readFiles(
  { path }: StandingRequest,
  repository: StandingRepository,
  head: string,
  signal: AbortSignal,
): Promise<readonly ObservedFile[]> {
  const paths = versionFilePaths({ path });
  return repository.readFiles(head, paths, maxBytesOf, signal);
}
