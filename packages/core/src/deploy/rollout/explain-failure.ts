import { timeOfEvent as lastSeen } from '../health/health-context';
import type { HealthContext } from '../health/health-context';
import {
  conditionThat,
  conditionsOf,
  countAt,
  mapsAt,
  textAt,
  timeAt,
} from '../health/object-fields';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { containerCauses } from './container-causes';
import type { ReadLog } from './container-causes';
import { causes } from './failure-cause';
import type { FailureCause } from './failure-cause';
import { workloadParts } from './workload-parts';

/**
 * Why the rollout of a workload does not come to its end, the gravest first; none where nothing speaks against it. What
 * is told is of its present version: of a Deployment the present ReplicaSet and the pods of that. Pods of another one are
 * of another release, and one that was evicted is replaced. What its controller has not seen yet it tells nothing of.
 *
 * @param context objects of its namespace: ReplicaSets, pods, events.
 * @param readLog the last lines of a container before it ended, if somebody has read them.
 */
export function explainFailure(
  workload: KubernetesObject,
  context: HealthContext,
  readLog: ReadLog = () => [],
): FailureCause[] {
  if (!isObserved(workload)) return [];
  const { makers, pods, isMakingRoom } = workloadParts(workload, context);
  const found = [
    ...makers.flatMap(maker => refusals(maker, context, isMakingRoom)),
    ...(makers.length === 0 ? unmade(workload) : []),
    ...pods.flatMap(pod => podCauses(pod, context, readLog)),
  ];
  const late = conditionsOf(workload).find(
    ({ reason }) => reason === 'ProgressDeadlineExceeded',
  );
  // Without its present ReplicaSet a Deployment repeats what it said of the former one.
  if (late === undefined || makers.length === 0) return inOrder(found);
  if (found.length === 0) {
    found.push({
      ...causes.deadlineExceeded(late.message || late.reason),
      object: identity(workload),
      since: late.since,
    });
  }
  return inOrder(found.map(cause => ({ ...cause, fatalAfter: 0 })));
}

function isObserved(workload: KubernetesObject): boolean {
  const wanted = countAt(workload.metadata, 'generation');
  const observed = countAt(workload, 'status', 'observedGeneration');
  return wanted === undefined || observed === undefined || observed >= wanted;
}

/** A Deployment whose ReplicaSet cannot be made: a quota of those, an admission. */
function unmade(workload: KubernetesObject): FailureCause[] {
  const progressing = conditionThat(
    conditionsOf(workload),
    'Progressing',
    'False',
  );
  if (
    !/^(?:ReplicaSetCreateError|FailedCreate)$/.test(progressing?.reason ?? '')
  ) {
    return [];
  }
  return [
    {
      ...causes.podRefused(progressing?.message ?? '', false),
      object: identity(workload),
      since: progressing?.since,
    },
  ];
}

function inOrder(found: readonly FailureCause[]): FailureCause[] {
  return distinct(found).sort((a, b) => patience(a) - patience(b));
}

function patience({ fatalAfter }: FailureCause): number {
  return fatalAfter ?? Number.MAX_SAFE_INTEGER;
}

/** The Deployment repeats what its ReplicaSet says, and a pod what another of the same set does. */
function distinct(found: readonly FailureCause[]): FailureCause[] {
  const known = new Set<string>();
  return found.filter(({ code, sentence }) => {
    const id = `${code} ${sentence}`;
    if (known.has(id)) return false;
    known.add(id);
    return true;
  });
}

/** Seconds for which an event tells of the present where no condition does. */
const maxEventAge = 30;
const quotaPattern = /exceeded quota: ([^,]{1,253}), (requested: .*)/;
/** Refusals that stay until somebody changes the object or the rule. */
const stays =
  /violates PodSecurity|admission webhook|denied the request|is invalid|not allowed|unable to validate/i;

/** What the API server says where it takes no pod: of a condition, or sooner of an event. */
function refusals(
  owner: KubernetesObject,
  context: HealthContext,
  isMakingRoom: boolean,
): FailureCause[] {
  const condition = conditionThat(
    conditionsOf(owner),
    'ReplicaFailure',
    'True',
  );
  const event = recentEvent(owner, context, 'FailedCreate');
  const said = textOfCondition(owner) ?? (event && textAt(event, 'message'));
  if (said === undefined || (condition === undefined && hasPods(owner))) {
    return [];
  }
  const quota = quotaPattern.exec(said);
  const entry = quota
    ? causes.quotaExceeded(quota[1], quota[2], isMakingRoom)
    : causes.podRefused(said, stays.test(said));
  return [
    {
      ...entry,
      object: identity(owner),
      since: condition?.since ?? (event && timeOfEvent(event)),
    },
  ];
}

/** Whole, since {@link conditionsOf} cuts long messages, and numbers may stand at the end. */
function textOfCondition(owner: KubernetesObject): string | undefined {
  const condition = mapsAt(owner, 'status', 'conditions').find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  return textAt(condition, 'message');
}

/** An event of a pod that could not be made is of no interest once it was. */
function hasPods(owner: KubernetesObject): boolean {
  return (countAt(owner, 'status', 'replicas') ?? 0) > 0;
}

function podCauses(
  pod: KubernetesObject,
  context: HealthContext,
  readLog: ReadLog,
): FailureCause[] {
  const object = identity(pod);
  // When a container began to wait the cluster does not tell; its pod may have run for long before.
  const found: FailureCause[] = containerCauses(pod, context, readLog).map(
    entry => ({ ...entry, object, since: undefined }),
  );
  const scheduled = conditionThat(conditionsOf(pod), 'PodScheduled', 'False');
  const unplaced = lastEvent(pod, context, 'FailedScheduling');
  const isPlaced =
    textAt(pod, 'spec', 'nodeName') !== undefined ||
    conditionThat(conditionsOf(pod), 'PodScheduled', 'True') !== undefined;
  if (!isPlaced && (scheduled?.reason === 'Unschedulable' || unplaced)) {
    const said =
      (unplaced && textAt(unplaced, 'message')) || scheduled?.message || '';
    found.push({
      ...causes.unschedulable(
        said || 'the scheduler gives no reason',
        lastEvent(pod, context, 'TriggeredScaleUp') !== undefined,
      ),
      object,
      since: scheduled?.since ?? timeAt(pod.metadata, 'creationTimestamp'),
    });
  }
  if (found.length > 0) return found;
  const quiet = quietCause(pod, context);
  return quiet === undefined ? [] : [{ ...quiet, object, since: undefined }];
}

/** What only events tell, and only as long as the pod is not ready. */
function quietCause(pod: KubernetesObject, context: HealthContext) {
  if (conditionThat(conditionsOf(pod), 'Ready', 'True')) return undefined;
  const said = (reason: string) => {
    const event = lastEvent(pod, context, reason);
    return event && textAt(event, 'message');
  };
  const attach = said('FailedAttachVolume');
  if (attach?.includes('Multi-Attach')) return causes.volumeInUse(attach);
  const mount = said('FailedMount') ?? attach;
  if (mount !== undefined && textAt(pod, 'status', 'phase') === 'Pending') {
    return causes.mountFailed(mount);
  }
  const probe = said('Unhealthy');
  return probe === undefined ? undefined : causes.probeFailed(probe);
}

function lastEvent(
  object: KubernetesObject,
  context: HealthContext,
  reason: string,
): KubernetesObject | undefined {
  return context
    .eventsOf(object)
    .filter(event => textAt(event, 'reason') === reason)
    .at(-1);
}

/** An older one may be of a rollout before; who is refused is told so again and again. */
function recentEvent(
  object: KubernetesObject,
  context: HealthContext,
  reason: string,
): KubernetesObject | undefined {
  const event = lastEvent(object, context, reason);
  const seen = event && (lastSeen(event) ?? timeOfEvent(event));
  if (seen === undefined) return event;
  const age = (context.now.getTime() - seen.getTime()) / 1000;
  return age <= maxEventAge ? event : undefined;
}

function timeOfEvent(event: KubernetesObject): Date | undefined {
  return (
    timeAt(event, 'firstTimestamp') ??
    timeAt(event, 'eventTime') ??
    timeAt(event.metadata, 'creationTimestamp')
  );
}

function identity({ kind, metadata }: KubernetesObject): string {
  return [kind, metadata.namespace, metadata.name]
    .filter(part => part !== undefined)
    .join('/');
}
