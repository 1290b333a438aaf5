import type {
  DeploymentMode,
  DeploymentPlan,
  DeploymentRequest,
  DeploymentResult,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { settle } from '../effect/effect';
import { toEffects } from '../effect/effect-step';
import { agreeOnPlan } from '../plan/agree-on-plan';
import { planHash as hashOf, shortPlanHash } from '../plan/plan-hash';
import { withoutCredentials } from '../text/without-credentials';
import { isHosted } from './overlay-place';
import { deployErrors } from './deploy-errors';
import { deploymentMessage } from './deployment-message';
import { defaultPolicy } from './deployment-policy';
import type { DeploymentPolicy } from './deployment-policy';
import { toDeploymentResult } from './deployment-result';
import type { DeploymentState } from './deployment-state';
import { deploymentEffects } from './effects/deployment-effects';
import { editedTexts } from './overlay-source';
import { observeDeployment } from './observe-deployment';
import { OpenBases } from './observe/open-bases';
import { planDeployment } from './plan-deployment';
import type { DeployPorts, InfraRepository } from './ports';

/** Options of {@link deploy}. */
export interface DeployOptions {
  readonly signal: AbortSignal;
  /** Reads and plans, writes nothing; default false. */
  readonly dryRun?: boolean;
  /** The reviewed plan: it refuses (conflict) where the plan made now hashes differently. */
  readonly planHash?: string;
  /** What is configured for the environment; default: nothing is. */
  readonly policy?: DeploymentPolicy;
  /** One line per milestone, for the task log and stderr. */
  readonly log?: (line: string) => void;
  /** Called once per effect as soon as its outcome is known. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** Plans made in one run before it gives up on a branch that keeps moving. */
export const maxPlans = 10;

interface PlannedDeployment {
  readonly state: DeploymentState;
  readonly plan: DeploymentPlan;
  readonly planHash: string;
}

/**
 * Observes, plans and lands one change of an overlay (docs/explanation/deploy.md). Running it again is always safe.
 *
 * @throws DojoError where nothing was attempted: bad input, a rule that refuses, a conflict, a system that fails.
 * @returns all outcomes also where an effect failed (`outcome: 'failed'`).
 */
export async function deploy(
  request: DeploymentRequest,
  ports: DeployPorts,
  options: DeployOptions,
): Promise<DeploymentResult> {
  const { signal, policy = defaultPolicy } = options;
  const mode = request.mode ?? policy.mode ?? 'commit';
  if (mode === 'apply') throw deployErrors.modeMissing(mode);
  if (policy.approval && mode === 'commit') {
    throw deployErrors.approvalNeeded(request.environment);
  }
  if (mode === 'pull-request' && isHosted(request.infra)) {
    throw deployErrors.requestsUnsupported(withoutCredentials(request.infra));
  }
  const infra = await ports.openInfra(request.infra, signal);
  const bases = new OpenBases((url, of) => ports.openBase(url, of));
  try {
    return await deployIn(infra, bases, { request, mode, ports, options });
  } finally {
    await Promise.all([infra.dispose(), bases.dispose()]);
  }
}

interface DeployRun {
  readonly request: DeploymentRequest;
  readonly mode: DeploymentMode;
  readonly ports: DeployPorts;
  readonly options: DeployOptions;
}

async function deployIn(
  infra: InfraRepository,
  bases: OpenBases,
  run: DeployRun,
): Promise<DeploymentResult> {
  const { log = () => undefined, onOutcome, dryRun } = run.options;
  let lost: { readonly planHash: string; readonly result: DeploymentResult };
  for (let plans = 1; ; plans++) {
    const planned = await observeAndPlan(infra, bases, run);
    const { plan, planHash } = planned;
    if (plans > 1 && planHash !== lost!.planHash) return lost!.result;
    const earlier = carriedOutBy(planned, run.options.planHash);
    if (earlier !== undefined) {
      return toDeploymentResult(
        { ...plan, kind: 'already-deployed' },
        run.options.planHash ?? planHash,
        { kind: 'run', outcomes: [], commit: earlier },
      );
    }
    log(`plan ${shortPlanHash(planHash)}: ${plan.shows.reason}`);
    if (dryRun) return toDeploymentResult(plan, planHash, { kind: 'dry-run' });
    ensureAllowed(plan);

    let isBeaten = false;
    const mayPlanAgain = plans < maxPlans;
    const end = await land(infra, planned, run, outcome => {
      isBeaten ||= isLeaseLost(outcome);
      // A branch that moved elsewhere is planned on again: nobody hears of the push that lost.
      if (!(isBeaten && mayPlanAgain)) onOutcome?.(outcome);
    });
    const result = toDeploymentResult(plan, planHash, end);
    if (!(isBeaten && mayPlanAgain)) return result;
    lost = { planHash, result };
    log('the branch moved: planning again');
  }
}

async function observeAndPlan(
  infra: InfraRepository,
  bases: OpenBases,
  { request, mode, ports, options }: DeployRun,
): Promise<PlannedDeployment> {
  const { signal, policy = defaultPolicy } = options;
  const state = await observeDeployment(
    request,
    { infra, bases, ports, policy },
    signal,
  );
  const plan = planDeployment(state, request, mode);
  return { state, plan, planHash: hashOf(plan.decides) };
}

/**
 * The commit by which an earlier run carried out the reviewed plan; undefined: none did.
 *
 * @throws DojoError PLAN_CHANGED where something else was reviewed.
 */
function carriedOutBy(
  { state, planHash }: PlannedDeployment,
  reviewed: string | undefined,
): string | undefined {
  const landing = state.landed.find(
    ({ change }) => change !== undefined && change.planHash === reviewed,
  );
  const agreement = agreeOnPlan({
    reviewed,
    now: planHash,
    carriedOut: landing?.change?.planHash,
    sources: 'The overlay, the service, the image or the request',
  });
  return agreement === 'carried-out' ? landing?.infraCommit : undefined;
}

/** @throws DojoError DEPLOY_LINT_REFUSED, DEPLOY_FROZEN */
function ensureAllowed({ kind, decides, shows }: DeploymentPlan): void {
  if (kind !== 'deploy') return;
  const errors = shows.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw deployErrors.findings(errors);
  if (shows.frozen) {
    const { window, until } = shows.frozen;
    throw deployErrors.frozen(decides.environment, window, until);
  }
}

async function land(
  infra: InfraRepository,
  { state, plan, planHash }: PlannedDeployment,
  { ports, options }: DeployRun,
  onOutcome: (outcome: Outcome) => void,
) {
  const { decides } = plan;
  const texts = editedTexts(state.files, decides.edits);
  let commit: string | undefined;
  const effects = toEffects(deploymentEffects(decides), {
    planHash,
    infra,
    texts,
    change: {
      ...(state.head !== undefined && { base: state.head }),
      files: [...texts].map(([path, text]) => ({ path, text })),
      message: deploymentMessage(decides, {
        planHash,
        ...(ports.requester !== undefined && { requester: ports.requester }),
      }),
      author: ports.author,
      date: ports.commitClock.now(),
    },
    onCommit: (oid: string) => {
      commit = oid;
    },
  });
  const outcomes = await settle(effects, {
    signal: options.signal,
    onOutcome,
  });
  return {
    kind: 'run' as const,
    outcomes,
    ...(commit !== undefined && { commit }),
  };
}

/** Somebody pushed to the branch between our read and our push. */
function isLeaseLost(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.error.code === 'GIT_LEASE_LOST';
}
