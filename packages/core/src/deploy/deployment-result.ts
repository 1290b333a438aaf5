import type {
  DeploymentPlan,
  DeploymentResult,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { requestBranch } from './overlay-place';

/** How far a run went. */
export type DeploymentRunEnd =
  | { readonly kind: 'dry-run' }
  | {
      readonly kind: 'run';
      readonly outcomes: readonly Outcome[];
      /** Commit of the infra repository that holds the change. */
      readonly commit?: string;
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
  const digest = version.images.find(pin => pin.digest !== undefined)?.digest;
  return {
    outcome: outcomeOf(plan, end),
    ...(version.tag !== undefined && { version: version.tag }),
    overlayPath: folder,
    ...(commit !== undefined && { commit }),
    ...(mode === 'pull-request' &&
      edits.length > 0 && { requestBranch: requestBranch(decides) }),
    baseSha: version.commit,
    ...(digest !== undefined && { imageDigest: digest }),
    planHash,
    plan,
    effects,
  };
}

function outcomeOf(
  plan: DeploymentPlan,
  end: DeploymentRunEnd,
): DeploymentResult['outcome'] {
  if (plan.kind !== 'deploy') return plan.kind;
  if (end.kind === 'dry-run') return 'planned';
  const kinds = end.outcomes.map(({ kind }) => kind);
  if (kinds.includes('waiting')) return 'requested';
  return kinds.every(kind => kind === 'done' || kind === 'already-done')
    ? 'deployed'
    : 'failed';
}
