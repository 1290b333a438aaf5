import type {
  Outcome,
  ReleaseRequest,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';
import { planHash as hashOf, shortPlanHash } from '../plan/plan-hash';
import { ensureNotReleased } from './decide-version';
import { executeRelease } from './execute-release';
import { observeRelease } from './observe-release';
import { toPlannedEffects } from '../effect/effect-step';
import { agreeOnPlan } from '../plan/agree-on-plan';
import { releaseEffects } from './effects/release-effects';
import { planRelease } from './plan-release';
import type { GitRepository, ReleasePorts } from './ports';
import { toReleaseResult } from './release-result';
import type { PlannedRelease } from './release-result';

/** Options of {@link release}. */
export interface ReleaseOptions {
  readonly signal: AbortSignal;
  /** Reads and plans, writes nothing; default false. */
  readonly dryRun?: boolean;
  /** The reviewed plan: execute refuses (conflict) when the plan computed now hashes differently. */
  readonly planHash?: string;
  /** Gives up the open promises of this version, which can no longer be kept. */
  readonly abandon?: string;
  /** One line per milestone, for the task log and stderr. */
  readonly log?: (line: string) => void;
  /** Called once per effect as soon as its outcome is known. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** Plans made in one run before it gives up on a branch that keeps moving. */
export const maxPlans = 5;

/**
 * Observes, plans and executes one release (docs/explanation/release.md). Running it again is always safe.
 *
 * @throws DojoError where nothing was attempted: bad input, a rule that refuses, a conflict, a system that fails.
 * @returns all outcomes also where an effect failed (`outcome: 'failed'`).
 */
export async function release(
  request: ReleaseRequest,
  ports: ReleasePorts,
  options: ReleaseOptions,
): Promise<ReleaseResult> {
  const repository = await ports.openRepository(
    request.repository,
    options.signal,
  );
  try {
    return await releaseIn(repository, request, ports, options);
  } finally {
    await repository.dispose();
  }
}

async function releaseIn(
  repository: GitRepository,
  request: ReleaseRequest,
  ports: ReleasePorts,
  options: ReleaseOptions,
): Promise<ReleaseResult> {
  const { signal, log = () => undefined, onOutcome } = options;
  for (let plans = 1; ; plans++) {
    const planned = await observeAndPlan(repository, request, ports, options);
    const isOurs = isCarriedOut(planned, options.planHash);
    const { choices } = planned.plan.shows;
    if (!isOurs) ensureNotReleased(planned.state, request, choices);
    const agreed = isOurs ? finishOnly(planned) : planned;
    log(`plan ${shortPlanHash(planned.planHash)}: ${agreed.plan.shows.reason}`);
    if (options.dryRun) return toReleaseResult(agreed, { kind: 'dry-run' });

    // What was reviewed may have been carried out by whoever was first; anything else is refused when it is looked at again.
    const mayPlanAgain =
      (request.bump === 'auto' || options.planHash !== undefined) &&
      plans < maxPlans;
    let isBeaten = false;
    const executed = await executeRelease(
      { ...agreed, request, repository, ports },
      {
        signal,
        onOutcome: outcome => {
          isBeaten ||= isBeatenAtRefs(outcome);
          // A branch that moved is planned again: nobody hears of the plan that lost.
          if (!(isBeaten && mayPlanAgain)) onOutcome?.(outcome);
        },
      },
    );
    if (!(isBeaten && mayPlanAgain)) {
      return toReleaseResult(agreed, { kind: 'run', executed, isOurs });
    }
    log('the branch moved: looking again');
  }
}

async function observeAndPlan(
  repository: GitRepository,
  request: ReleaseRequest,
  ports: ReleasePorts,
  { signal, abandon }: ReleaseOptions,
): Promise<PlannedRelease> {
  const state = await observeRelease(request, repository, ports, {
    signal,
    ...(abandon !== undefined && { abandon }),
  });
  const plan = planRelease(state, request);
  return { state, plan, planHash: hashOf(plan.decides) };
}

/**
 * Whether the reviewed plan was carried out already, up to its tag, by a run that lost the reply or was killed.
 *
 * @throws DojoError PLAN_CHANGED where something else was reviewed.
 */
function isCarriedOut(
  { state, planHash }: PlannedRelease,
  reviewed: string | undefined,
): boolean {
  const agreement = agreeOnPlan({
    reviewed,
    now: planHash,
    carriedOut: state.newest?.planHash,
    sources: 'The repository, the image or the request',
  });
  return agreement === 'carried-out';
}

/** Whatever came after the reviewed release is not part of it. */
function finishOnly({ state, plan, planHash }: PlannedRelease): PlannedRelease {
  const { release: ignored, ...decides } = plan.decides;
  const { previousVersion, previousTag, ...shows } = plan.shows;
  return {
    state,
    planHash,
    plan: {
      kind: 'already-released',
      decides,
      shows: {
        ...shows,
        reason: `Already released by an earlier run: ${state.newest?.version}.`,
        commits: [],
        diffs: [],
        effects: toPlannedEffects(releaseEffects(decides, state)),
      },
    },
  };
}

/** Another run, or a push, was first at the refs. */
function isBeatenAtRefs(outcome: Outcome): boolean {
  return (
    outcome.kind === 'failed' &&
    outcome.key.startsWith('refs ') &&
    outcome.error.kind === 'conflict'
  );
}
