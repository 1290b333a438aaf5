import { isDojoError, shortOid } from 'backstage-plugin-dojo-common';
import type { DeploymentDecides } from 'backstage-plugin-dojo-common';
import type { Found } from '../../effect/effect';
import { deployErrors } from '../deploy-errors';
import { parseDeploymentMessage } from '../deployment-message';
import type { InfraChange, InfraRepository } from '../ports';
import type { DeploymentRun, DeploymentStep } from './deployment-run';
import { overlayKey } from './effect-keys';

/** Commits among which ours is looked for: others may change the folder right after it. */
const maxLooked = 20;

/**
 * One leased push of the one commit: the overlay on its branch is as planned. The head was read when the plan was made, a
 * moment ago, and the push holds it to that; so the remote is asked what it has only where a push did not end well.
 */
export function overlayStep(decides: DeploymentDecides): DeploymentStep {
  const { branch, folder } = decides;
  return {
    key: overlayKey(folder, branch),
    text: `Push one commit to ${branch} that changes ${pathsOf(decides)}`,
    already: false,
    toEffect(run: DeploymentRun) {
      let push: 'open' | 'taken' | 'unknown' = 'open';
      return {
        async find(signal) {
          if (push === 'unknown') return findOverlay(decides, run, signal);
          return { kind: push === 'taken' ? 'as-planned' : 'absent' };
        },
        async create(signal) {
          const { base } = run.change;
          push = 'unknown';
          const commit = await pushChange(
            run,
            { branch, createsBranch: base === undefined },
            signal,
          );
          run.onCommit(commit);
          push = 'taken';
        },
      };
    },
  };
}

/** What the branch holds in the overlay's folder: what is planned, what was there before, or something else. */
export async function findOverlay(
  decides: DeploymentDecides,
  { infra, texts, planHash, onCommit }: DeploymentRun,
  signal: AbortSignal,
): Promise<Found> {
  const { branch, folder, before } = decides;
  const { commit } = await infra.readHead(branch, signal);
  if (commit === undefined) return { kind: 'absent' };
  const paths = [...texts.keys()];
  const now = await infra.files(commit).readFiles(paths, signal);
  if (paths.every((path, at) => now[at] === texts.get(path))) {
    const history = await infra.readHistory(commit, folder, maxLooked, signal);
    const own = history.find(
      ({ message }) => parseDeploymentMessage(message)?.planHash === planHash,
    );
    const found = own ?? history[0];
    if (found !== undefined) onCommit(found.commit);
    return { kind: 'as-planned' };
  }
  const tree = await infra.readTree(commit, folder, signal);
  if (tree === before) return { kind: 'absent' };
  return {
    kind: 'different',
    detail: `was changed by somebody else since the plan was made, up to ${shortOid(
      commit,
    )}`,
  };
}

/** @throws DojoError as {@link pushLanding}. */
export async function pushChange(
  { infra, change }: DeploymentRun,
  to: {
    readonly branch: string;
    readonly createsBranch?: boolean;
    readonly replaces?: string;
  },
  signal: AbortSignal,
): Promise<string> {
  return pushLanding(infra, { ...change, ...to }, signal);
}

/** @throws DojoError DEPLOY_PUSH_REFUSED where the server has a rule, GIT_LEASE_LOST where the branch moved. */
export async function pushLanding(
  infra: InfraRepository,
  change: InfraChange,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await infra.pushCommit(change, signal);
  } catch (error) {
    if (isDojoError(error) && error.code === 'GIT_PUSH_REJECTED') {
      throw deployErrors.pushRefused(error.message, error);
    }
    throw error;
  }
}

function pathsOf({ edits }: DeploymentDecides): string {
  return edits.map(({ path }) => path).join(', ');
}
