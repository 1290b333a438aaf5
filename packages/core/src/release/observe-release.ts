import type { ReleaseRequest } from 'backstage-plugin-dojo-common';
import { chooseVersionLine } from './choose-version-line';
import { verifyImageTag } from './decide-image';
import { decideVersion } from './decide-version';
import { observeImage } from './observe-image';
import { observeNewest } from './observe-newest';
import { ensureMaintained, observeMain } from './observe-main';
import { observePromise } from './observe-promise';
import type { Forge, GitRepository, ReleasePorts } from './ports';
import { releaseErrors } from './release-errors';
import { maxBytesOf, releasePaths } from './release-paths';
import type { ReleaseState } from './release-state';
import type { ForgePage } from '../repository/repository-links';
import type { RemoteRefs } from '../repository/repository-data';

/** Options of {@link observeRelease}. */
export interface ObserveReleaseOptions {
  readonly signal: AbortSignal;
  /** A version whose open promises are given up. */
  readonly abandon?: string;
}

/**
 * Reads all that a plan of this release is made from; writes nothing.
 *
 * @throws DojoError RELEASE_REPOSITORY_EMPTY, RELEASE_BRANCH_UNKNOWN, RELEASE_BRANCH_NOT_MAINTAINED, RELEASE_PROMISE_BROKEN,
 * RELEASE_VERSION_NOT_IMAGE_TAG, what {@link chooseVersionLine} and {@link decideVersion} refuse, and what the ports throw.
 */
export async function observeRelease(
  request: ReleaseRequest,
  repository: GitRepository,
  ports: ReleasePorts,
  options: ObserveReleaseOptions,
): Promise<ReleaseState> {
  const { signal } = options;
  const refs = await repository.readRefs(signal);
  const branch = branchOf(request, refs, repository);
  ensureMaintained(branch, request, refs, repository.display);
  const base = refs.branches.get(branch)!;
  const versions = chooseVersionLine(refs.tags, request, repository.display);
  const history = await observeNewest(
    base,
    { tags: versions.tags, path: request.path },
    repository,
    signal,
  );
  const main = await observeMain(
    branch,
    request,
    refs,
    history,
    repository,
    signal,
  );
  const [files] = await repository.readFiles(
    [base],
    releasePaths(request),
    signal,
    maxBytesOf,
  );
  const forge = ports.openForge(request.repository);
  const promise = await observePromise(
    { request, newest: history.newest, versionTags: versions.tags, forge },
    ports,
    options,
  );

  const newest = history.newest && {
    ...history.newest.release,
    ...promise.kept,
    ...(promise.open && { open: promise.open }),
  };
  const state: ReleaseState = {
    repository: repository.display,
    branch,
    base,
    tagPrefix: versions.prefix,
    versionTags: versions.tags,
    ...(newest && { newest }),
    ...(history.newestStable && { newestStable: history.newestStable }),
    commits: history.commits,
    earlierCommits: history.earlierCommits,
    ...(main && { main }),
    ...(history.cappedAt && { cappedAt: history.cappedAt }),
    files,
    ...(forge && { forge: { kind: forge.kind, webUrl: forge.webUrl } }),
    ...pageOf(forge, ports.pageOf?.(request.repository)),
    author: ports.author,
    today: ports.clock.now().toISOString().slice(0, 10),
    isTagged: refs.tags.some(({ commit }) => commit === base),
    warnings: [
      ...versions.warnings,
      ...promise.warnings,
      ...repository.warnings,
    ],
  };
  if (request.image === undefined) return state;
  const decision = decideVersion(state, request);
  if (decision.kind !== 'release') return state;
  // The registry is asked about this tag next.
  verifyImageTag(decision.version);
  const image = await observeImage(
    ports.openImage(request.image),
    request.sourceTag ?? base,
    [decision.version, ...decision.movingTags],
    signal,
  );
  return { ...state, image };
}

/** The page that is told, else that of the forge whose releases are written. */
function pageOf(
  forge: Forge | undefined,
  told: ForgePage | undefined,
): Pick<ReleaseState, 'page'> {
  const page = told ?? (forge && { kind: forge.kind, url: forge.webUrl });
  return page ? { page } : {};
}

function branchOf(
  request: ReleaseRequest,
  { branches, headBranch }: RemoteRefs,
  { display }: GitRepository,
): string {
  if (branches.size === 0) throw releaseErrors.repositoryEmpty(display);
  const existing = [...branches.keys()];
  const branch = request.branch ?? headBranch;
  if (branch === undefined)
    throw releaseErrors.branchUnnamed(display, existing);
  if (!branches.has(branch))
    throw releaseErrors.branchUnknown(display, branch, existing);
  return branch;
}
