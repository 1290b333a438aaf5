import type { DeploymentDecides } from 'backstage-plugin-dojo-common';
import type { Found } from '../../effect/effect';
import { deployErrors } from '../deploy-errors';
import { parseDeploymentMessage } from '../deployment-message';
import type { RequestForge } from '../deployment-state';
import { requestBranch } from '../overlay-place';
import type { DeploymentRun, DeploymentStep } from './deployment-run';
import { overlayKey, requestKey } from './effect-keys';
import { findOverlay, pushChange } from './overlay-effect';
import { pullRequestStep } from './pull-request-effect';

/** The commit on a branch of its own, the request on the forge if there is one, and the merge, which is somebody's. */
export function requestSteps(
  decides: DeploymentDecides,
  forge: RequestForge | undefined,
): DeploymentStep[] {
  const name = requestBranch(decides);
  const { branch, folder } = decides;
  return [
    {
      key: requestKey(name),
      text: `Push one commit to ${name}, over ${branch}, that asks for the change`,
      already: false,
      toEffect: run => ({
        find: async signal =>
          toFound(await readTip(decides, run, signal), name),
        async create(signal) {
          const tip = await readTip(decides, run, signal);
          const commit = await pushChange(
            run,
            {
              branch: name,
              ...(tip.kind === 'none'
                ? { createsBranch: true }
                : { replaces: tip.commit }),
            },
            signal,
          );
          run.onCommit(commit);
        },
      }),
    },
    ...(forge ? [pullRequestStep(decides, forge)] : []),
    {
      key: overlayKey(folder, branch),
      text: `Wait for the merge of ${name} into ${branch}${
        forge?.review === 'enforced'
          ? ', which the forge refuses without a review'
          : ''
      }`,
      already: false,
      toEffect: run => ({
        async find(signal): Promise<Found> {
          const found = await findOverlay(decides, run, signal);
          return found.kind === 'absent'
            ? { kind: 'pending', detail: `waits for the merge of ${name}` }
            : found;
        },
        async create() {
          throw new Error('a merge is somebody else’s to make');
        },
      }),
    },
  ];
}

type Tip =
  | { readonly kind: 'none' }
  /** By this plan, by another one, or by a person. */
  | {
      readonly kind: 'planned' | 'other-plan' | 'foreign';
      readonly commit: string;
    };

async function readTip(
  decides: DeploymentDecides,
  { infra, planHash, onCommit }: DeploymentRun,
  signal: AbortSignal,
): Promise<Tip> {
  const { folder } = decides;
  const commit = await infra.readBranch(requestBranch(decides), signal);
  if (commit === undefined) return { kind: 'none' };
  const [newest] = await infra.readHistory(commit, folder, 1, signal);
  const change =
    newest?.commit === commit
      ? parseDeploymentMessage(newest.message)
      : undefined;
  if (change === undefined) return { kind: 'foreign', commit };
  if (change.planHash !== planHash) return { kind: 'other-plan', commit };
  onCommit(commit);
  return { kind: 'planned', commit };
}

function toFound(tip: Tip, name: string): Found {
  switch (tip.kind) {
    case 'planned':
      return { kind: 'as-planned' };
    case 'foreign':
      return {
        kind: 'different',
        detail: deployErrors.requestTaken(name, tip.commit),
        hint: 'Merge that branch or remove it, and run it again.',
      };
    default:
      return { kind: 'absent' };
  }
}
