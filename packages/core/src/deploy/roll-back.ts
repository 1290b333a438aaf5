import { isDojoError, shortOid } from 'backstage-plugin-dojo-common';
import type {
  DeployedVersion,
  DeploymentPlan,
  DeploymentRequest,
  DeploymentResult,
  DeploymentRollback,
} from 'backstage-plugin-dojo-common';
import type { LandedVersion } from './history/landed-version';

/** Runs a deployment, or plans it. */
type Deploy = (
  request: DeploymentRequest,
  options: { readonly dryRun?: boolean; readonly planHash?: string },
) => Promise<DeploymentResult>;

/**
 * Goes back to what ran before a change whose rollout failed: by a commit of its own, which restores the pins, and by its
 * rollout. Nothing that fails on the way is thrown: the first failure is what the run ends with.
 *
 * @param landed - versions that landed before the failed plan, newest first.
 */
export async function rollBack(
  failed: DeploymentPlan,
  landed: readonly LandedVersion[],
  request: DeploymentRequest,
  deploy: Deploy,
): Promise<DeploymentRollback> {
  const wished = wishedBack(failed, landed);
  if (typeof wished === 'string') return none(wished);
  const { component, environment, infra, branch, base } = request;
  const back: DeploymentRequest = {
    component,
    environment,
    infra,
    ...(branch !== undefined && { branch }),
    base,
    ...(request.image !== undefined && { image: request.image }),
    ...(request.wait !== undefined && { wait: request.wait }),
    ...(request.conflicts && { conflicts: request.conflicts }),
    mode: 'apply',
    rollbackTo: 'previous',
  };
  try {
    const { plan, planHash } = await deploy(back, { dryRun: true });
    const to = plan.decides.version;
    if (to === undefined) return none('nothing ran there before');
    if (wished.version && to.commit !== wished.version.commit) {
      return none(
        `${nameOf(
          wished.version,
        )} was there before, and history leads back to ${nameOf(to)}`,
      );
    }
    const result = await deploy(back, { planHash });
    const isDone = result.outcome === 'deployed';
    return {
      outcome: isDone ? 'deployed' : 'failed',
      ...(to.tag !== undefined && { version: to.tag }),
      ...(result.commit !== undefined && { commit: result.commit }),
      reason: isDone
        ? `${component} in ${environment} is back at ${nameOf(to)}.`
        : `The way back to ${nameOf(to)} did not come to its end.`,
      effects: result.effects,
    };
  } catch (error) {
    if (!isDojoError(error)) throw error;
    return none(error.message);
  }
}

/** What was there before; a sentence where nothing can be gone back to. `version` absent: history tells it. */
function wishedBack(
  { decides, shows }: DeploymentPlan,
  [newest]: readonly LandedVersion[],
): { readonly version?: DeployedVersion } | string {
  if (decides.intent === 'rollback') return 'it was the way back itself';
  if (decides.edits.length === 0) {
    // A run that was killed had landed it.
    return newest?.change !== undefined
      ? {}
      : 'no run of dojo landed what is there';
  }
  const { from } = shows;
  const { version } = decides;
  if (from === undefined || version === undefined) {
    return 'nothing ran there before';
  }
  const isOther =
    from.commit !== version.commit ||
    version.images.some(
      ({ name, digest }) =>
        !from.images.some(held => held.name === name && held.digest === digest),
    );
  return isOther
    ? { version: from }
    : 'the change was none of the version: take it back in the overlay';
}

function none(reason: string): DeploymentRollback {
  return { outcome: 'none', reason, effects: [] };
}

function nameOf({ tag, commit }: DeployedVersion): string {
  return tag ?? shortOid(commit);
}
