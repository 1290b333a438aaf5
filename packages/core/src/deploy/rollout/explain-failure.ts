import { newestPods, newestReplicaSet } from '../health/deployment-health';
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

/**
 * Why the rollout of a Deployment does not come to its end, the gravest first; none where nothing speaks against it. What
 * is told is of its present ReplicaSet and of the pods of that: pods of another one are of another release, and one that
 * was evicted is replaced.
 *
 * @param context objects of its namespace: ReplicaSets, pods, events.
 * @param readLog the last lines of a container before it ended, if somebody has read them.
 */
export function explainFailure(
  deployment: KubernetesObject,
  context: HealthContext,
  readLog: ReadLog = () => [],
): FailureCause[] {
  const set = newestReplicaSet(deployment, context);
  const found = [
    ...refusals(deployment, context),
    ...(set === undefined ? [] : refusals(set, context)),
    ...newestPods(deployment, context).flatMap(pod =>
      podCauses(pod, context, readLog),
    ),
  ];
  const late = conditionsOf(deployment).find(
    ({ reason }) => reason === 'ProgressDeadlineExceeded',
  );
  if (late !== undefined && found.length === 0) {
    found.push({
      ...causes.deadlineExceeded(late.message || late.reason),
      object: identity(deployment),
      since: late.since,
    });
  }
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

const quotaPattern = /exceeded quota: ([^,]{1,253}), (requested: .*)/;
/** Refusals that stay until somebody changes the object or the rule. */
const stays =
  /violates PodSecurity|admission webhook|denied the request|is invalid|not allowed|unable to validate/i;

/** What the API server says where it takes no pod: of a condition, or sooner of an event. */
function refusals(
  owner: KubernetesObject,
  context: HealthContext,
): FailureCause[] {
  const condition = conditionThat(
    conditionsOf(owner),
    'ReplicaFailure',
    'True',
  );
  const event = lastEvent(owner, context, 'FailedCreate');
  const said = textOfCondition(owner) ?? (event && textAt(event, 'message'));
  if (said === undefined || (condition === undefined && hasPods(owner))) {
    return [];
  }
  const quota = quotaPattern.exec(said);
  const entry = quota
    ? causes.quotaExceeded(quota[1], quota[2])
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
  const started =
    timeAt(pod, 'status', 'startTime') ??
    timeAt(pod.metadata, 'creationTimestamp');
  const found = containerCauses(pod, context, readLog).map(entry => ({
    ...entry,
    object,
    since: started,
  }));
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
  return quiet === undefined ? [] : [{ ...quiet, object, since: started }];
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
