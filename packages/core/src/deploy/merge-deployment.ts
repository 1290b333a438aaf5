import type {
  DeploymentMergeRequest,
  DeploymentMergeResult,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { settle } from '../effect/effect';
import { blockError } from './blocks/block-error';
import { deployErrors } from './deploy-errors';
import { defaultPolicy } from './deployment-policy';
import type { DeploymentPolicy } from './deployment-policy';
import { mergeEffects, mergeKey, removeEffect } from './merge/merge-effects';
import type { LandedBefore, WaitingChange } from './merge/merge-state';
import { observeMerge } from './merge/observe-merge';
import type { MergeSources } from './merge/observe-merge';
import { OpenBases } from './observe/open-bases';
import type { DeployPorts } from './ports';

/** Options of {@link mergeDeployment}. */
export interface MergeDeploymentOptions {
  readonly signal: AbortSignal;
  /** Reads and judges, writes nothing; default false. */
  readonly dryRun?: boolean;
  /** What is configured for the environment; default: nothing is. */
  readonly policy?: DeploymentPolicy;
  /** One line per milestone, for the task log and stderr. */
  readonly log?: (line: string) => void;
  /** Called once per effect as soon as its outcome is known. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** Looks at the branch in one run before it gives up on one that keeps moving. */
const maxLooks = 10;

/**
 * Lands a change that waits on its branch: for a repository of which nobody but the portal is the forge. `ports.requester` is
 * who merges (absent: the author of commits), and is never who asked for the change. Running it again is always safe.
 *
 * @throws DojoError where nothing was attempted: no such change waits (DEPLOY_REQUEST_UNKNOWN), another plan waits than was
 * reviewed (PLAN_CHANGED), the overlay was changed since (DEPLOY_REQUEST_OUTDATED), a rule that refuses
 * (DEPLOY_REQUESTER_MERGES, DEPLOY_FROZEN, DEPLOY_VERSION_REJECTED, PROMOTION_NEEDED), a finding (DEPLOY_LINT_REFUSED).
 */
export async function mergeDeployment(
  request: DeploymentMergeRequest,
  ports: DeployPorts,
  options: MergeDeploymentOptions,
): Promise<DeploymentMergeResult> {
  const { signal, policy = defaultPolicy } = options;
  const { name, email } = ports.author;
  const mergedBy = ports.requester ?? `${name} <${email}>`;
  const infra = await ports.openInfra(request.infra, signal);
  const bases = new OpenBases((url, of) => ports.openBase(url, of));
  const sources = { infra, bases, ports, policy, mergedBy };
  try {
    return await mergeIn(request, sources, options);
  } finally {
    await Promise.all([infra.dispose(), bases.dispose()]);
  }
}

async function mergeIn(
  request: DeploymentMergeRequest,
  sources: MergeSources,
  options: MergeDeploymentOptions,
): Promise<DeploymentMergeResult> {
  const { signal, dryRun, log = () => undefined, onOutcome } = options;
  const { infra, ports, mergedBy } = sources;
  for (let looks = 1; ; looks++) {
    const state = await observeMerge(request, sources, signal);
    if (state.kind === 'landed') {
      log(`${state.requestBranch} is merged already`);
      const effects = dryRun
        ? []
        : await settle([removeEffect(state, { infra })], { signal, onOutcome });
      return landedResult(request, state, effects);
    }
    if (dryRun) return resultOf(request, state, { outcome: 'planned' });
    ensureAllowed(state);
    let commit: string | undefined;
    let isBeaten = false;
    const mayLookAgain = looks < maxLooks;
    const effects = await settle(
      mergeEffects(state, {
        infra,
        ports,
        mergedBy,
        onCommit: oid => {
          commit = oid;
        },
      }),
      {
        signal,
        onOutcome: outcome => {
          isBeaten ||= isLeaseLost(outcome, state);
          if (!(isBeaten && mayLookAgain)) onOutcome?.(outcome);
        },
      },
    );
    if (isBeaten && mayLookAgain) {
      log(`${state.branch} moved: looking again`);
      continue;
    }
    return resultOf(request, state, {
      outcome: commit === undefined ? 'failed' : 'merged',
      ...(commit !== undefined && { commit }),
      effects,
    });
  }
}

/** @throws DojoError of the first rule that blocks, else DEPLOY_LINT_REFUSED. */
function ensureAllowed({ blocks, findings }: WaitingChange): void {
  const [block] = blocks;
  if (block !== undefined) throw blockError(block);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw deployErrors.findings(errors);
}

/** Somebody pushed to the branch between our look and our push. */
function isLeaseLost(outcome: Outcome, state: WaitingChange): boolean {
  return (
    outcome.kind === 'failed' &&
    outcome.key === mergeKey(state) &&
    outcome.error.code === 'GIT_LEASE_LOST'
  );
}

function resultOf(
  request: DeploymentMergeRequest,
  state: WaitingChange,
  end: {
    readonly outcome: DeploymentMergeResult['outcome'];
    readonly commit?: string;
    readonly effects?: readonly Outcome[];
  },
): DeploymentMergeResult {
  const { requester } = state.change;
  const tag = state.version?.tag;
  return {
    outcome: end.outcome,
    component: request.component,
    environment: request.environment,
    ...(tag !== undefined && { version: tag }),
    overlayPath: state.folder,
    requestBranch: state.requestBranch,
    ...(requester !== undefined && { requestedBy: requester }),
    requestedAt: state.date.toISOString(),
    ...(end.commit !== undefined && { commit: end.commit }),
    planHash: state.change.planHash,
    diffs: [...state.diffs],
    objects: [...state.objects],
    findings: [...state.findings],
    blocks: [...state.blocks],
    warnings: [...state.warnings],
    effects: [...(end.effects ?? [])],
  };
}

function landedResult(
  { component, environment }: DeploymentMergeRequest,
  { change, folder, requestBranch, commit }: LandedBefore,
  effects: readonly Outcome[],
): DeploymentMergeResult {
  const { tag, requester } = change;
  return {
    outcome: 'already-merged',
    component,
    environment,
    ...(tag !== undefined && { version: tag }),
    overlayPath: folder,
    requestBranch,
    ...(requester !== undefined && { requestedBy: requester }),
    commit,
    planHash: change.planHash,
    diffs: [],
    objects: [],
    findings: [],
    blocks: [],
    warnings: [],
    effects: [...effects],
  };
}
