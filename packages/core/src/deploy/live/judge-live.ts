import type {
  DeliveryHealth,
  DeliveryRunning,
} from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { computeHealth } from '../health/compute-health';
import { newestPods } from '../health/deployment-health';
import { createHealthContext } from '../health/health-context';
import type { HealthContext } from '../health/health-context';
import { conditionThat, conditionsOf, timeAt } from '../health/object-fields';
import type { ReadLog } from '../rollout/container-causes';
import { explainFailure } from '../rollout/explain-failure';
import { isFatal } from '../rollout/failure-cause';
import type { FailureCause } from '../rollout/failure-cause';
import { settling } from '../rollout/settling';
import { toLiveCause, wholeSentence } from './live-cause';
import type { LiveCause } from './live-cause';
import { templateKey, versionOf, wantedReplicas } from './live-objects';
import { replicaSetsOf } from './replica-sets';
import { rolloutStep } from './rollout-step';

/** What is known of a Deployment, and what was said of it before. */
export interface LiveWorkload {
  /** Its name tells which container is meant. */
  readonly component: string;
  /** As {@link trimDeployment} leaves it. */
  readonly deployment: KubernetesObject;
  /** As {@link trimPod} leaves them. */
  readonly pods: readonly KubernetesObject[];
  /** Of pods that fail. */
  readonly events: readonly KubernetesObject[];
  readonly readLog: ReadLog;
  readonly before?: JudgedWorkload;
}

/** How a Deployment stands. */
export interface JudgedWorkload {
  readonly running: DeliveryRunning;
  readonly health: Exclude<DeliveryHealth, { kind: 'unknown' }>;
  readonly cause?: LiveCause;
  /** Of the template that it is about: a cause of another one is over. */
  readonly key: string;
  /** When each cause was seen first. */
  readonly seen: Readonly<Record<string, string>>;
  /** The last version that was ready. */
  readonly last?: string;
}

/** Seconds for which a version that had come up may not be ready before that is a fault. */
const unreadySeconds = 60;

/**
 * How a Deployment stands: what runs, whether that is well, and why not. A fault stays what it is until the Deployment is
 * healthy, or another version is rolled out: between two crashes of a container there is no new hope.
 *
 * Pure.
 */
export function judgeLive(workload: LiveWorkload, now: Date): JudgedWorkload {
  const { deployment, pods, events, before } = workload;
  const sets = replicaSetsOf(deployment, pods);
  const context = createHealthContext(
    [deployment, ...sets, ...pods, ...events],
    now,
  );
  const key = templateKey(templateOf(deployment));
  const running = runningOf(workload, now);
  const last = lastOf(running) ?? before?.last;
  const health = healthOf(workload, context, running, key);
  const known = before?.key === key ? before : undefined;
  const kept = known && isFault(known) ? known.cause : undefined;
  const fault = isFault({ health }) ? health : undefined;
  const named = fault && (fault.cause ?? kept);
  const isKept =
    fault === undefined &&
    known !== undefined &&
    isFault(known) &&
    health.kind === 'rolling-out';
  const kind = isKept ? faultKind(running) : health.kind;
  const cause = isKept ? known.cause : named;
  const sentence =
    (cause && wholeSentence(cause)) ??
    (isKept ? known.health.sentence : health.sentence);
  const code = cause?.code ?? (isKept ? known.health.code : undefined);
  const since = sinceOf(kind, workload, now);
  return {
    running:
      running.kind === 'nothing' && last !== undefined
        ? { ...running, last }
        : running,
    health: {
      kind,
      ...(code !== undefined && { code }),
      ...(sentence !== undefined && { sentence }),
      ...(since !== undefined && { since }),
    },
    ...(cause && { cause: kept?.log ? { log: kept.log, ...cause } : cause }),
    key,
    seen: health.seen,
    ...(last !== undefined && { last }),
  };
}

function templateOf(deployment: KubernetesObject): unknown {
  return (deployment.spec as { readonly template?: unknown }).template;
}

function isFault({ health }: { readonly health: { readonly kind: string } }) {
  return health.kind === 'failed' || health.kind === 'down';
}

/** Where nothing is ready, nobody is served. */
function faultKind(running: DeliveryRunning): 'failed' | 'down' {
  return running.kind === 'nothing' ? 'down' : 'failed';
}

/** Pods that serve, by what they run. */
function runningOf(
  { deployment, pods, component, before }: LiveWorkload,
  now: Date,
): DeliveryRunning {
  const of = wantedReplicas(deployment);
  const ready = pods.filter(
    pod =>
      pod.metadata.deletionTimestamp === undefined &&
      conditionThat(conditionsOf(pod), 'Ready', 'True') !== undefined,
  );
  const groups = new Map<string, KubernetesObject[]>();
  for (const pod of ready) {
    const id = JSON.stringify(versionOf(pod, component));
    groups.set(id, [...(groups.get(id) ?? []), pod]);
  }
  const parts = [...groups.values()].map(members => ({
    ...versionOf(members[0], component),
    since: readySince(members, now),
    ready: members.length,
    of,
  }));
  if (parts.length > 1) return { kind: 'mixed', parts };
  if (parts.length === 1) return { kind: 'version', ...parts[0] };
  const was = before?.running;
  const unavailable = conditionThat(
    conditionsOf(deployment),
    'Available',
    'False',
  )?.since;
  const since =
    unavailable?.toISOString() ??
    (was?.kind === 'nothing' ? was.since : was && now.toISOString());
  return { kind: 'nothing', ...(since !== undefined && { since }) };
}

/** Since when the first of them has served. */
function readySince(pods: readonly KubernetesObject[], now: Date): string {
  const times = pods.flatMap(pod => {
    const since =
      conditionThat(conditionsOf(pod), 'Ready', 'True')?.since ??
      timeAt(pod.metadata, 'creationTimestamp');
    return since === undefined ? [] : [since.getTime()];
  });
  return new Date(
    times.length === 0 ? now.getTime() : Math.min(...times),
  ).toISOString();
}

function lastOf(running: DeliveryRunning): string | undefined {
  return running.kind === 'version'
    ? running.version ?? running.digest
    : undefined;
}

interface RawHealth {
  readonly kind: JudgedWorkload['health']['kind'];
  readonly sentence?: string;
  readonly cause?: LiveCause;
  readonly seen: Readonly<Record<string, string>>;
}

function healthOf(
  { deployment, pods, readLog, before }: LiveWorkload,
  context: HealthContext,
  running: DeliveryRunning,
  key: string,
): RawHealth {
  const { now } = context;
  const nothing = { seen: {} };
  if (wantedReplicas(deployment) === 0) return { kind: 'stopped', ...nothing };
  const own = computeHealth(deployment, context);
  if (own.status === 'Current') {
    return settling(deployment, context) === undefined
      ? { kind: 'healthy', ...nothing }
      : { kind: 'rolling-out', sentence: 'starting', ...nothing };
  }
  if (own.status === 'Terminating') {
    return { kind: 'rolling-out', sentence: 'being deleted', ...nothing };
  }
  const causes = explainFailure(deployment, context, readLog);
  const former = before?.key === key ? before.seen : {};
  const seen = Object.fromEntries(
    causes.map(cause => [
      idOf(cause),
      former[idOf(cause)] ?? now.toISOString(),
    ]),
  );
  const seenAt = (cause: FailureCause) => new Date(seen[idOf(cause)]);
  const fatal =
    causes.find(cause => isFatal(cause, now, seenAt(cause))) ??
    (isUnready(deployment, context) ? causes[0] : undefined);
  if (fatal !== undefined) {
    const pod = pods.find(each =>
      fatal.object.endsWith(`/${each.metadata.name}`),
    );
    return {
      kind: faultKind(running),
      cause: toLiveCause(fatal, pod, seenAt(fatal)),
      seen,
    };
  }
  if (own.status === 'Failed' && causes.length === 0) {
    return { kind: faultKind(running), sentence: own.message, seen };
  }
  return {
    kind: 'rolling-out',
    sentence: rolloutStep(deployment, context),
    seen,
  };
}

function idOf({ object, code }: FailureCause): string {
  return `${code} ${object}`;
}

/** Whether a version that had come up once has not been ready for so long that nobody hopes any more. */
function isUnready(
  deployment: KubernetesObject,
  context: HealthContext,
): boolean {
  const hasComeUp = conditionsOf(deployment).some(
    ({ type, reason }) =>
      type === 'Progressing' && reason === 'NewReplicaSetAvailable',
  );
  if (!hasComeUp) return false;
  return newestPods(deployment, context).some(pod => {
    const since = conditionThat(conditionsOf(pod), 'Ready', 'False')?.since;
    return (
      since !== undefined &&
      context.now.getTime() - since.getTime() >= unreadySeconds * 1_000
    );
  });
}

function sinceOf(
  kind: JudgedWorkload['health']['kind'],
  { deployment, before }: LiveWorkload,
  now: Date,
): string | undefined {
  if (before?.health.kind === kind) return before.health.since;
  const conditions = conditionsOf(deployment);
  const at = (status: 'True' | 'False') =>
    conditionThat(conditions, 'Available', status)?.since;
  if (kind === 'healthy') return (at('True') ?? now).toISOString();
  const isOut = kind === 'down' || kind === 'stopped';
  return ((isOut ? at('False') : undefined) ?? now).toISOString();
}
