import { shortOid } from 'backstage-plugin-dojo-common';
import type { DeploymentMergeRequest } from 'backstage-plugin-dojo-common';
import { agreeOnPlan } from '../../plan/agree-on-plan';
import { deployErrors } from '../deploy-errors';
import { parseDeploymentMessage } from '../deployment-message';
import type { LandedChange } from '../deployment-message';
import { maxHistory } from '../observe/observe-history';
import { overlayFolder, requestBranch } from '../overlay-place';
import type { InfraCommit, InfraRepository } from '../ports';
import type { LandedBefore } from './merge-state';

/** The one commit of a request of ours, over a commit of the branch that it lands on. */
export interface FoundRequest {
  readonly kind: 'found';
  readonly branch: string;
  readonly head: string;
  readonly requestBranch: string;
  readonly tip: string;
  readonly parent: string;
  readonly message: string;
  /** When the change was asked for. */
  readonly date: Date;
  readonly change: LandedChange;
  readonly folder: string;
}

/** Files that a request of ours changes at most: an overlay's. */
const maxChanged = 1_000;

/**
 * Finds the change that waits (whichever does, where the request names no plan), and proves that its branch holds nothing else.
 *
 * @throws DojoError DEPLOY_REQUEST_UNKNOWN, DEPLOY_REQUEST_OUTDATED, PLAN_CHANGED.
 */
export async function findRequest(
  request: DeploymentMergeRequest,
  infra: InfraRepository,
  signal: AbortSignal,
): Promise<FoundRequest | LandedBefore> {
  const name = requestBranch(request);
  const folder = overlayFolder(request);
  const { branch, commit: head } = await infra.readHead(request.branch, signal);
  const tip = await infra.readBranch(name, signal);
  if (head === undefined) throw deployErrors.requestUnknown(name, undefined);
  const newest =
    tip === undefined ? undefined : await readTip(infra, tip, folder, signal);
  const waiting = newest && parseDeploymentMessage(newest.message);
  const planHash = request.planHash ?? waiting?.planHash;

  const landed = await infra.readHistory(head, folder, maxHistory, signal);
  for (const { commit, message, isLanding } of landed) {
    const change = parseDeploymentMessage(message);
    if (!isLanding || !change || change.planHash !== planHash) continue;
    return {
      kind: 'landed',
      branch,
      requestBranch: name,
      folder,
      commit,
      change,
      ...(tip !== undefined && waiting?.planHash === planHash && { tip }),
    };
  }
  if (tip === undefined) throw deployErrors.requestUnknown(name, undefined);
  const isOurs =
    waiting?.component === request.component &&
    waiting.environment === request.environment;
  if (newest === undefined || waiting === undefined || !isOurs) {
    const found = `${shortOid(tip)}, which no run of dojo made`;
    throw deployErrors.requestUnknown(name, found);
  }
  agreeOnPlan({
    reviewed: planHash,
    now: waiting.planHash,
    carriedOut: undefined,
    sources: 'The change that waits',
  });
  const { message, date } = newest;
  const place = { branch, head, requestBranch: name, folder };
  const found = { ...place, tip, message, date };
  const parent = await ensureFits(found, infra, signal);
  return { kind: 'found', ...found, parent, change: waiting };
}

/** The commit of the tip, where that itself changed the folder. */
async function readTip(
  infra: InfraRepository,
  tip: string,
  folder: string,
  signal: AbortSignal,
): Promise<InfraCommit | undefined> {
  const [newest] = await infra.readHistory(tip, folder, 1, signal);
  return newest?.commit === tip ? newest : undefined;
}

/**
 * Ensures that the tip is one commit over one of the branch, that it changes the overlay alone, and that the overlay is
 * there as it was then.
 *
 * @returns the commit that it is over.
 */
async function ensureFits(
  request: Omit<FoundRequest, 'kind' | 'parent' | 'change'>,
  infra: InfraRepository,
  signal: AbortSignal,
): Promise<string> {
  const { branch, head, requestBranch: name, tip, folder } = request;
  const outdated = (why: string) => deployErrors.requestOutdated(name, why);
  const [, below] = await infra.readHistory(tip, '.', 2, signal);
  const parent = below?.commit;
  if (parent === undefined) throw outdated('it builds on nothing');
  if (parent !== head) {
    const line = await infra.readHistory(head, '.', maxHistory, signal);
    if (!line.some(({ commit }) => commit === parent)) {
      throw outdated(
        `it builds on ${shortOid(parent)}, which ${branch} does not hold`,
      );
    }
  }
  const changed = await infra.readChanges(parent, tip, maxChanged, signal);
  const other = changed.find(path => !path.startsWith(`${folder}/`));
  if (other !== undefined) {
    throw outdated(`it changes ${other} too, which is not of the overlay`);
  }
  const [then, now] = await Promise.all(
    [parent, head].map(commit => infra.readTree(commit, folder, signal)),
  );
  if (then !== now) {
    throw outdated(`${folder} was changed on ${branch} since it was planned`);
  }
  return parent;
}
