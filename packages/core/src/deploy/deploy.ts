import { describeOutcome } from 'backstage-plugin-dojo-common';
import type {
  DatabaseLevel,
  DeploymentMode,
  DeploymentPlan,
  DeploymentRequest,
  DeploymentResult,
  DeploymentRollback,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { settle } from '../effect/effect';
import { toEffects } from '../effect/effect-step';
import { shortPlanHash } from '../plan/plan-hash';
import { withoutCredentials } from '../text/without-credentials';
import { clusterRun, openTarget } from './apply/cluster-target';
import type { ClusterTarget } from './apply/cluster-target';
import { withAwaited } from './awaited/with-awaited';
import { isHosted } from './overlay-place';
import { blockError } from './blocks/block-error';
import { deployErrors } from './deploy-errors';
import { deploymentMessage } from './deployment-message';
import { deploymentPlanHash } from './deployment-plan-hash';
import { defaultPolicy } from './deployment-policy';
import type { DeploymentPolicy } from './deployment-policy';
import { toDeploymentResult } from './deployment-result';
import type { DeploymentState } from './deployment-state';
import { deploymentEffects } from './effects/deployment-effects';
import { editedTexts } from './overlay-source';
import { observeDeployment } from './observe-deployment';
import { askFirst } from './observe/asked-service';
import type { AskedFirst } from './observe/asked-service';
import { OpenBases } from './observe/open-bases';
import { planDeployment } from './plan-deployment';
import { standingOf } from './plan-standing';
import type { DeployPorts, InfraRepository, PullRequests } from './ports';
import { requestBody } from './request-body';
import { rollBack } from './roll-back';
import { noteOutcome, toNotedOutcome } from './notes/note-outcome';
import type { EndToNote } from './notes/note-outcome';
import { notesRef } from './notes/note-line';
import type { RolloutEnd } from './rollout/watch-rollout';
import { openSync } from './sync/sync-target';
import type { SyncTarget } from './sync/sync-target';
import type { SyncEnd } from './sync/wait-for-sync';

/** Options of {@link deploy}. */
export interface DeployOptions {
  readonly signal: AbortSignal;
  /** Reads and plans, writes nothing; default false. */
  readonly dryRun?: boolean;
  /** The reviewed plan: it refuses (conflict) where the plan made now hashes differently. */
  readonly planHash?: string;
  /** What is configured for the environment; default: nothing is. */
  readonly policy?: DeploymentPolicy;
  /** How far the environment's database is migrated: a version that needs more is refused. Absent: it is not looked at. */
  readonly database?: DatabaseLevel;
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
  /** The commit of the run that this one goes on with. */
  readonly resumed?: string;
}

/**
 * Observes, plans and lands one change of an overlay (docs/explanation/deploy.md). Running it again is always safe.
 *
 * @throws DojoError where nothing was attempted: bad input, a rule that refuses, a conflict, a system that fails.
 * @returns all outcomes also where an effect failed (`outcome: 'failed'`).
 */
export async function deploy(
  request: DeploymentRequest,
  given: DeployPorts,
  options: DeployOptions,
): Promise<DeploymentResult> {
  const { signal, policy = defaultPolicy } = options;
  // A release that is only planned can be planned on, and nothing of it can run.
  const ports = options.dryRun ? withAwaited(given, request) : given;
  const mode = modeOf(request, policy);
  if (policy.approval && mode !== 'pull-request' && !request.prepare) {
    throw deployErrors.approvalNeeded(request.environment, mode);
  }
  const pulls =
    mode === 'pull-request' && isHosted(request.infra)
      ? openRequests(request.infra, ports)
      : undefined;
  const bases = new OpenBases((url, of) => ports.openBase(url, of));
  let infra: InfraRepository | undefined;
  let asked: AskedFirst | undefined;
  let target: ClusterTarget | undefined;
  let sync: SyncTarget | undefined;
  try {
    infra = await ports.openInfra(request.infra, signal);
    // Both repositories answer while the cluster is opened.
    asked = askFirst(request, { infra, bases }, signal);
    if (mode === 'apply') {
      target = await openTarget(ports, request.environment, signal);
    }
    if (mode !== 'apply' && policy.sync && !request.prepare) {
      const opened = await openSync(ports, policy.sync, signal);
      if (typeof opened === 'string') options.log?.(opened);
      else sync = opened;
    }
    for (const { cluster } of [target, sync].filter(one => one !== undefined)) {
      for (const warning of cluster.warnings ?? []) options.log?.(warning);
    }
    return await deployIn(infra, bases, {
      request,
      mode,
      ports,
      options,
      asked,
      ...(target && { target }),
      ...(sync && { sync }),
      ...(pulls && { pulls }),
    });
  } finally {
    asked?.end();
    await Promise.all([
      infra?.dispose(),
      bases.dispose(),
      target?.cluster.dispose(),
      sync?.cluster.dispose(),
    ]);
  }
}

/** What is only prepared is applied by the first deployment: until then the cluster has nothing of it. */
function modeOf(
  { mode: asked, prepare }: DeploymentRequest,
  policy: DeploymentPolicy,
): DeploymentMode {
  const mode = asked ?? policy.mode ?? 'commit';
  return prepare && mode === 'apply' ? 'commit' : mode;
}

interface DeployRun {
  readonly request: DeploymentRequest;
  readonly mode: DeploymentMode;
  readonly ports: DeployPorts;
  readonly options: DeployOptions;
  /** What was asked for the first plan. */
  readonly asked: AskedFirst;
  /** Of mode apply. */
  readonly target?: ClusterTarget;
  /** Of the git modes, where what brings the overlay up is waited for. */
  readonly sync?: SyncTarget;
  /** Of mode pull-request on a forge. */
  readonly pulls?: PullRequests;
}

/** @throws DojoError DEPLOY_REQUESTS_UNSUPPORTED */
function openRequests(infra: string, ports: DeployPorts): PullRequests {
  const pulls = ports.openPullRequests?.(infra);
  if (pulls !== undefined) return pulls;
  throw deployErrors.requestsUnsupported(withoutCredentials(infra));
}

async function deployIn(
  infra: InfraRepository,
  bases: OpenBases,
  run: DeployRun,
): Promise<DeploymentResult> {
  const { log = () => undefined, onOutcome, dryRun, planHash } = run.options;
  let lost: { readonly planHash: string; readonly result: DeploymentResult };
  for (let plans = 1; ; plans++) {
    const made = await observeAndPlan(infra, bases, run, plans === 1);
    if (plans > 1 && made.planHash !== lost!.planHash) return lost!.result;
    const standing = standingOf({ ...made, reviewed: planHash });
    if (standing.kind === 'carried-out') {
      return toDeploymentResult(
        { ...made.plan, kind: 'already-deployed' },
        standing.planHash,
        {
          kind: 'run',
          outcomes: [],
          ...(standing.commit && { commit: standing.commit }),
        },
      );
    }
    // A run that goes on does so under the hash that was reviewed, by which the next one finds it.
    const planned: PlannedDeployment =
      standing.kind === 'resumes'
        ? {
            ...made,
            planHash: standing.planHash,
            ...(standing.commit && { resumed: standing.commit }),
          }
        : made;
    const { plan } = planned;
    log(`plan ${shortPlanHash(planned.planHash)}: ${plan.shows.reason}`);
    if (dryRun) {
      return toDeploymentResult(plan, planned.planHash, { kind: 'dry-run' });
    }
    ensureAllowed(plan, planned.state.pending);
    if (plan.kind === 'deploy')
      await run.pulls?.verifyAccess(run.options.signal);

    let isBeaten = false;
    const mayPlanAgain = plans < maxPlans;
    const end = await land(infra, planned, run, outcome => {
      isBeaten ||= isLeaseLost(outcome);
      // A branch that moved elsewhere is planned on again: nobody hears of the push that lost.
      if (!(isBeaten && mayPlanAgain)) onOutcome?.(outcome);
    });
    const commit = end.commit ?? planned.resumed;
    const { noting } = end;
    await (noting ??
      noteEnd(infra, planned, { ...end, ...(commit && { commit }) }, run));
    const rollback = await takeBack(planned, end.rollout, run);
    const result = toDeploymentResult(plan, planned.planHash, {
      ...end,
      ...(commit && { commit }),
      ...(rollback && { rollback }),
    });
    if (!(isBeaten && mayPlanAgain)) return result;
    lost = { planHash: made.planHash, result };
    log('the branch moved: planning again');
  }
}

async function observeAndPlan(
  infra: InfraRepository,
  bases: OpenBases,
  { request, mode, ports, options, asked, target, sync, pulls }: DeployRun,
  isFirst: boolean,
): Promise<PlannedDeployment> {
  const { signal, policy = defaultPolicy, planHash: reviewed } = options;
  const { database } = options;
  const state = await observeDeployment(
    request,
    {
      infra,
      bases,
      ports,
      policy,
      ...(isFirst && { asked }),
      ...(target && { cluster: target.cluster }),
      ...(sync && { sync }),
      ...(pulls && { pulls }),
      ...(database && { database }),
      ...(reviewed !== undefined && { reviewed }),
    },
    signal,
  );
  const plan = planDeployment(state, request, mode);
  return { state, plan, planHash: deploymentPlanHash(plan.decides) };
}

/** @throws DojoError of the first rule that blocks, else MIGRATIONS_PENDING, else DEPLOY_LINT_REFUSED. */
function ensureAllowed(
  { kind, decides, shows }: DeploymentPlan,
  pending: DeploymentState['pending'],
): void {
  if (kind !== 'deploy') return;
  const [block] = shows.blocks ?? [];
  if (block !== undefined) throw blockError(block);
  // Whoever wanted to migrate first has not: a plan told of it only.
  const isNewVersion = shows.from?.commit !== decides.version?.commit;
  if (pending !== undefined && isNewVersion) {
    const { level, ids } = pending;
    throw deployErrors.migrationsPending(decides.environment, level, ids);
  }
  const errors = shows.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw deployErrors.findings(errors);
}

async function land(
  infra: InfraRepository,
  planned: PlannedDeployment,
  run: DeployRun,
  onOutcome: (outcome: Outcome) => void,
) {
  const { state, plan, planHash, resumed } = planned;
  const { ports, options, target, sync, pulls } = run;
  const { decides } = plan;
  let noting: Promise<void> | undefined;
  const texts = editedTexts(state.files, decides.edits);
  let commit: string | undefined;
  let rollout: RolloutEnd | undefined;
  let synced: SyncEnd | undefined;
  let pullRequestUrl: string | undefined;
  const from = {
    planHash,
    ...(ports.requester !== undefined && { requester: ports.requester }),
  };
  const message = deploymentMessage(decides, from);
  const landing = () => commit ?? state.landed[0]?.infraCommit;
  const effects = toEffects(deploymentEffects(decides, state.forge), {
    planHash,
    infra,
    texts,
    change: {
      ...(state.head !== undefined && { base: state.head }),
      files: [...texts].map(([path, text]) => ({ path, text })),
      message,
      author: ports.author,
      date: ports.commitClock.now(),
    },
    onCommit: (oid: string) => {
      commit = oid;
    },
    ...(pulls && {
      request: {
        pulls,
        title: message.split('\n', 1)[0],
        body: requestBody(plan, from),
        commit: () => commit,
        onRequest: (url: string) => {
          pullRequestUrl = url;
        },
      },
    }),
    ...(target &&
      state.cluster && {
        cluster: clusterRun(target, state.cluster, {
          planHash,
          isReviewed: options.planHash !== undefined,
          landing,
          decides,
          clock: ports.clock,
          log: options.log ?? (() => undefined),
          // There is nothing else to do while it comes up.
          onWatch: () => {
            const landed = commit ?? resumed ?? landing();
            if (landed) infra.lookAhead?.(notesRef, landed, options.signal);
          },
          onRollout: end => {
            rollout = end;
            // While the rest is settled: how it came up is known, and is noted whatever becomes of that.
            const landed = commit ?? resumed;
            noting = noteEnd(
              infra,
              planned,
              { rollout: end, ...(landed !== undefined && { commit: landed }) },
              run,
            );
            noting.catch(() => undefined);
          },
        }),
      }),
    ...(sync && {
      sync: {
        cluster: sync.cluster,
        timer: sync.timer,
        clock: ports.clock,
        log: options.log ?? (() => undefined),
        infra,
        landing,
        onSync: (end: SyncEnd) => {
          synced = end;
        },
      },
    }),
  });
  const outcomes = await settle(effects, {
    signal: options.signal,
    onOutcome,
  });
  return {
    kind: 'run' as const,
    outcomes,
    ...(noting && { noting }),
    ...(commit !== undefined && { commit }),
    ...(rollout !== undefined && { rollout }),
    ...(synced !== undefined && { synced }),
    ...(pullRequestUrl !== undefined && { pullRequestUrl }),
  };
}

/** Notes how it came up at the commit that has it: nobody else holds that. */
async function noteEnd(
  infra: InfraRepository,
  { plan, state }: PlannedDeployment,
  end: EndToNote & { readonly commit?: string },
  { ports, options }: DeployRun,
): Promise<void> {
  const at = ports.clock.now();
  const outcome = toNotedOutcome(end, at);
  const commit = end.commit ?? state.landed[0]?.infraCommit;
  if (outcome === undefined || commit === undefined) return;
  const { folder } = plan.decides;
  const warning = await noteOutcome(
    infra,
    { commit, folder, author: ports.author },
    outcome,
    options.signal,
  );
  if (warning !== undefined) options.log?.(warning);
}

/** Takes a change back whose rollout failed, where that was asked for; undefined: it was not, or nothing failed. */
async function takeBack(
  { plan, state }: PlannedDeployment,
  rollout: RolloutEnd | undefined,
  { request, ports, options }: DeployRun,
): Promise<DeploymentRollback | undefined> {
  const { cluster } = plan.decides;
  if (rollout === undefined || rollout.kind === 'healthy') return undefined;
  if (cluster?.onFailure !== 'rollback') return undefined;
  const { log = () => undefined } = options;
  return rollBack(plan, state.landed, request, (back, end) =>
    deploy(back, ports, {
      signal: options.signal,
      ...(options.policy && { policy: options.policy }),
      ...(options.database && { database: options.database }),
      log,
      onOutcome: outcome => log(`rollback: ${describeOutcome(outcome)}`),
      ...end,
    }),
  );
}

/** Somebody pushed to the branch between our read and our push. */
function isLeaseLost(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.error.code === 'GIT_LEASE_LOST';
}
