import { shortOid } from 'backstage-plugin-dojo-common';
import type {
  DeploymentMergeRequest,
  DeploymentMergeResult,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { settle } from '../effect/effect';
import { agreeOnPlan } from '../plan/agree-on-plan';
import { deployErrors } from './deploy-errors';
import { parseDeploymentMessage } from './deployment-message';
import { removeEffect } from './merge/merge-effects';
import { overlayFolder, requestBranch } from './overlay-place';
import type { DeployPorts } from './ports';

/** Options of {@link closeRequest}. */
export interface CloseRequestOptions {
  readonly signal: AbortSignal;
  /** One line per milestone, for the task log and stderr. */
  readonly log?: (line: string) => void;
  /** Called once per effect as soon as its outcome is known. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/**
 * Takes back a change that waits on its branch: the branch is removed, and nothing else is touched. The one that was looked
 * at is, and no other; one that no longer fits the overlay too. Running it again is always safe.
 *
 * @throws DojoError where nothing was attempted: what waits there is not ours (DEPLOY_REQUEST_UNKNOWN), or another plan than
 * was looked at (PLAN_CHANGED).
 */
export async function closeRequest(
  request: DeploymentMergeRequest & { readonly planHash: string },
  ports: Pick<DeployPorts, 'openInfra'>,
  { signal, log = () => undefined, onOutcome }: CloseRequestOptions,
): Promise<DeploymentMergeResult> {
  const { component, environment, planHash } = request;
  const name = requestBranch(request);
  const folder = overlayFolder(request);
  const infra = await ports.openInfra(request.infra, signal);
  try {
    const tip = await infra.readBranch(name, signal);
    const [newest] =
      tip === undefined ? [] : await infra.readHistory(tip, folder, 1, signal);
    const change =
      newest?.commit === tip && newest !== undefined
        ? parseDeploymentMessage(newest.message)
        : undefined;
    const isOurs =
      change?.component === component && change.environment === environment;
    if (tip !== undefined && !isOurs) {
      const found = `${shortOid(tip)}, which no run of dojo made`;
      throw deployErrors.requestUnknown(name, found);
    }
    if (change !== undefined) {
      agreeOnPlan({
        reviewed: planHash,
        now: change.planHash,
        carriedOut: undefined,
        sources: 'The change that waits',
      });
    }
    if (tip === undefined) log(`nothing waits on ${name} any more`);
    const effects = await settle(
      [
        removeEffect(
          { requestBranch: name, ...(tip !== undefined && { tip }) },
          { infra },
        ),
      ],
      { signal, ...(onOutcome && { onOutcome }) },
    );
    const { tag, requester } = change ?? {};
    return {
      outcome: effects.some(({ kind }) => kind === 'failed')
        ? 'failed'
        : 'closed',
      component,
      environment,
      ...(tag !== undefined && { version: tag }),
      overlayPath: folder,
      requestBranch: name,
      ...(requester !== undefined && { requestedBy: requester }),
      planHash,
      diffs: [],
      objects: [],
      findings: [],
      blocks: [],
      warnings: [...infra.warnings],
      effects: [...effects],
    };
  } finally {
    await infra.dispose();
  }
}
