import type { WaitingChange } from 'backstage-plugin-dojo-common';
import type { ListedRefs } from '../../repository/repository-data';
import { deployErrors } from '../deploy-errors';
import { parseDeploymentMessage } from '../deployment-message';
import type { LandingComponent, LandingRequest, Landings } from './landings';
import type { LandingRepository } from './ports';
import { versionOfTag } from './read-overlay-version';
import { personOf } from './tell-landings';

const prefix = 'dojo/';
/** Changes that wait at once; more are not looked at. */
const maxWaiting = 5_000;

/** The branch that says what runs where, and the branches that ask for a change of it. */
export interface LandingRefs {
  readonly branch: string;
  /** Empty in a repository without a commit. */
  readonly head: string;
  readonly notes?: string;
  /** By the folder of the overlay, `ledger/staging`: the newest commit of its branch. */
  readonly waiting: ReadonlyMap<string, string>;
}

/** A branch that asks for a change of one overlay. */
export interface WaitingPlace {
  readonly component: LandingComponent;
  readonly environment: string;
  readonly folder: string;
  readonly tip: string;
}

/** A change that its branch asks for, as its own message tells it. */
export interface WaitingOverlay extends WaitingPlace {
  readonly change: WaitingChange;
}

/**
 * Brings the refs up to date, with one request where the branch is known.
 *
 * @throws DojoError DEPLOY_BRANCH_UNKNOWN, and what the repository throws.
 */
export async function readLandingRefs(
  request: LandingRequest,
  repository: LandingRepository,
  known: Landings | undefined,
  signal: AbortSignal,
): Promise<LandingRefs> {
  const choose = (refs: ListedRefs): readonly string[] =>
    refs.branches.size === 0
      ? []
      : [
          `refs/heads/${toLandingRefs(request, refs, repository).branch}`,
          ...[...refs.branches.keys()]
            .filter(name => name.startsWith(prefix))
            .slice(0, maxWaiting)
            .map(name => `refs/heads/${name}`),
        ];
  const branch = request.branch ?? known?.branch;
  const between =
    branch === undefined || known === undefined
      ? undefined
      : [`refs/heads/${branch}`, `refs/heads/${prefix}*`];
  const refs = await repository.readRefs(
    { choose, ...(between && { between }) },
    signal,
  );
  return toLandingRefs(request, refs, repository);
}

function toLandingRefs(
  request: LandingRequest,
  { branches, headBranch, notes }: ListedRefs,
  { display }: LandingRepository,
): LandingRefs {
  const branch = request.branch ?? headBranch;
  const head = branch === undefined ? undefined : branches.get(branch);
  if (branches.size === 0) {
    return { branch: branch ?? '', head: '', waiting: new Map() };
  }
  if (branch === undefined || head === undefined) {
    throw deployErrors.branchUnknown(display, branch, [...branches.keys()]);
  }
  const waiting = new Map<string, string>();
  for (const [name, tip] of branches) {
    if (waiting.size >= maxWaiting) break;
    if (name.startsWith(prefix)) waiting.set(name.slice(prefix.length), tip);
  }
  return { branch, head, waiting, ...(notes !== undefined && { notes }) };
}

/** Those of the branches that are of overlays of these components. */
export function waitingPlaces(
  waiting: LandingRefs['waiting'],
  components: ReadonlyMap<string, LandingComponent>,
): WaitingPlace[] {
  return [...waiting].flatMap(([folder, tip]) => {
    const [name, environment, more] = folder.split('/');
    const component = components.get(name);
    return component === undefined || !environment || more !== undefined
      ? []
      : [{ component, environment, folder, tip }];
  });
}

/** What waits, by the messages of the newest commits of its branches; a branch of somebody else's making is no request. */
export async function observeWaiting(
  places: readonly WaitingPlace[],
  repository: LandingRepository,
  signal: AbortSignal,
): Promise<WaitingOverlay[]> {
  const tips = await repository.readCommits(
    places.map(({ tip }) => tip),
    signal,
  );
  return places.flatMap((place, at) => {
    const change = parseDeploymentMessage(tips[at].message);
    const { component, environment } = place;
    const isOurs =
      change?.component === component.name &&
      change.environment === environment;
    if (!isOurs) return [];
    const { tag, requester, planHash } = change;
    const by = requester ?? tips[at].author;
    return [
      {
        ...place,
        change: {
          kind: 'merge' as const,
          since: tips[at].at,
          ...(tag !== undefined && { version: versionOfTag(tag, component) }),
          ...(by !== '' && { requestedBy: personOf(by) }),
          planHash,
        },
      },
    ];
  });
}
