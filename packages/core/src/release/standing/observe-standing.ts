import { isDojoError } from 'backstage-plugin-dojo-common';
import type { ListedRefs } from '../../repository/repository-data';
import { chooseRefs, refNames } from './choose-refs';
import type { ChosenRefs } from './choose-refs';
import { fingerprint, requestMark } from './fingerprint';
import { observeLines } from './observe-lines';
import { observeReleases } from './observe-releases';
import type { StandingRepository } from './ports';
import { refsBetween, withOlder } from './refs-between';
import { splitHistory } from './split-history';
import type { Standing, StandingOptions, StandingRequest } from './standing';

/** Commits of all history that are looked at, without their messages. */
const maxGraph = 100_000;

/**
 * Reads what is released of a repository, and what waits to be; writes nothing. Where no ref changed since `known`, that is
 * returned as it is, after one request.
 *
 * @throws DojoError RELEASE_REPOSITORY_EMPTY, RELEASE_BRANCH_UNKNOWN, RELEASE_BRANCH_UNNAMED,
 * RELEASE_BRANCH_PATTERN_INVALID, GIT_VERSION_LINES_AMBIGUOUS, and what the repository throws.
 */
export async function observeStanding(
  request: StandingRequest,
  repository: StandingRepository,
  options: StandingOptions,
): Promise<Standing> {
  const { signal, known, url } = options;
  const mark = requestMark(request, url);
  const isSameRequest = known?.fingerprint?.startsWith(`${mark}-`) === true;
  const before =
    isSameRequest && options.everything !== true ? known : undefined;
  const refs = await readRefs(request, repository, before, signal);
  const now = fingerprint(mark, refs);
  if (known?.fingerprint === now) return known;

  const points = [refs.head, ...refs.maintenance.map(({ head }) => head)].map(
    commit => ({ commit }),
  );
  const graph = await repository.readGraph(
    [...points, ...refs.tags].map(({ commit }) => commit),
    maxGraph,
    signal,
  );
  const split = splitHistory(graph, refs.tags, points);
  const history = { refs, graph, split };
  const releases = await observeReleases(request, repository, history, {
    ...options,
    isSameRequest,
  });
  const lines = await observeLines(request, repository, history, options);
  return {
    kind: 'repository',
    ...(url !== undefined && { url }),
    branch: refs.branch,
    head: refs.head,
    lines,
    releases,
    olderReleases: refs.older,
    fingerprint: now,
  };
}

async function readRefs(
  request: StandingRequest,
  repository: StandingRepository,
  known: Standing | undefined,
  signal: AbortSignal,
): Promise<ChosenRefs> {
  const choose = (refs: ListedRefs) =>
    chooseRefs(request, refs, repository.display);
  const asked = { choose: (refs: ListedRefs) => refNames(choose(refs)) };
  if (known !== undefined) {
    const between = refsBetween(request, known, repository.display);
    const refs = await repository.readRefs({ ...asked, between }, signal);
    try {
      return withOlder(choose(refs), known);
    } catch (error) {
      // A branch that is gone or renamed, or another line of versions: only a list of all refs tells which.
      if (!isDojoError(error)) throw error;
    }
  }
  return choose(await repository.readRefs(asked, signal));
}
