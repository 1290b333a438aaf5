import type {
  DeploymentPlan,
  DeploymentResult,
  DeploymentRollback,
  Outcome,
} from 'backstage-plugin-dojo-common';
import type { RolloutEnd } from './rollout/watch-rollout';
import { requestBranch } from './overlay-place';

/** How far a run went. */
export type DeploymentRunEnd =
  | { readonly kind: 'dry-run' }
  | {
      readonly kind: 'run';
      readonly outcomes: readonly Outcome[];
      /** Commit of the infra repository that holds the change. */
      readonly commit?: string;
      /** Page of the request on the forge. */
      readonly pullRequestUrl?: string;
      /** Of mode apply: how the rollout ended; absent: it was not come to. */
      readonly rollout?: RolloutEnd;
      /** What became of taking the change back. */
      readonly rollback?: DeploymentRollback;
    };

/** The output of a deployment, from its plan and what came of it. */
export function toDeploymentResult(
  plan: DeploymentPlan,
  planHash: string,
  end: DeploymentRunEnd,
): DeploymentResult {
  const { decides } = plan;
  const { version, folder, mode, edits } = decides;
  const effects = end.kind === 'run' ? [...end.outcomes] : [];
  const commit = end.kind === 'run' ? end.commit : undefined;
  const digest = version?.images.find(pin => pin.digest !== undefined)?.digest;
  return {
    outcome: outcomeOf(plan, end),
    ...(version?.tag !== undefined && { version: version.tag }),
    overlayPath: folder,
    ...(commit !== undefined && { commit }),
    ...(mode === 'pull-request' &&
      edits.length > 0 && { requestBranch: requestBranch(decides) }),
    ...(end.kind === 'run' &&
      end.pullRequestUrl !== undefined && {
        pullRequestUrl: end.pullRequestUrl,
      }),
    ...(version && { baseSha: version.commit }),
    ...(digest !== undefined && { imageDigest: digest }),
    planHash,
    plan,
    effects,
    ...(end.kind === 'run' && endOf(end)),
  };
}

function endOf({
  rollout,
  rollback,
}: Extract<DeploymentRunEnd, { kind: 'run' }>): Partial<DeploymentResult> {
  return {
    ...(rollout && { health: [...rollout.objects] }),
    ...(rollout &&
      rollout.causes.length > 0 && {
        causes: rollout.causes.map(({ code, object, sentence, hint, log }) => ({
          code,
          object,
          sentence,
          hint,
          ...(log && { log: [...log] }),
        })),
      }),
    ...(rollback && { rollback }),
  };
}

function outcomeOf(
  plan: DeploymentPlan,
  end: DeploymentRunEnd,
): DeploymentResult['outcome'] {
  if (plan.kind !== 'deploy') return plan.kind;
  if (end.kind === 'dry-run') return 'planned';
  const kinds = end.outcomes.map(({ kind }) => kind);
  const waits = end.outcomes.find(({ kind }) => kind === 'waiting');
  if (waits !== undefined) {
    const { sync } = plan.decides;
    const isSync = waits === end.outcomes.at(-1) && sync !== undefined;
    return isSync ? 'waiting' : 'requested';
  }
  return kinds.every(kind => kind === 'done' || kind === 'already-done')
    ? 'deployed'
    : 'failed';
}
