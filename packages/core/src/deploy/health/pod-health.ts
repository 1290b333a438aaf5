import { toPrintable } from '../../text/to-printable';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { current, failed, inProgress, unknown } from './health';
import type { Health } from './health';
import type { HealthContext } from './health-context';
import { graceSeconds, judgeWaiting } from './judge-waiting';
import {
  conditionThat,
  conditionsOf,
  countAt,
  mapsAt,
  textAt,
  timeAt,
  valueAt,
} from './object-fields';
import type { Condition } from './object-fields';
import type { PlainMap } from '../objects/plain-value';

const ignoresRestartPolicy = 'argocd.argoproj.io/ignore-restart-policy';
const argoHook = 'argocd.argoproj.io/hook';

/** Restarts after which a container that is not ready is not only starting. */
const maxRestarts = 2;
/** The kubelet forgets crashes of a container that has run this long. Seconds. */
const calmSeconds = 600;

/**
 * A Pod: the rules of kstatus; of containers that wait, init containers too, also Argo CD's. A pod that ends by itself
 * (restart policy Never or OnFailure) is in progress as long as it runs.
 */
export function podHealth(
  pod: KubernetesObject,
  { now }: HealthContext,
): Health {
  const phase = textAt(pod, 'status', 'phase') ?? '';
  const conditions = conditionsOf(pod);
  switch (phase) {
    case '':
      return inProgress('PodNotObserved', 'no kubelet has told of the pod yet');
    case 'Succeeded':
      return current('PodCompleted', 'all containers ended with exit code 0');
    case 'Failed':
      return endedHealth(pod, conditions);
    case 'Pending':
    case 'Running':
      return (
        readyHealth(pod, phase, conditions) ??
        containersHealth(pod, now) ??
        (phase === 'Pending'
          ? pendingHealth(pod, conditions, now)
          : runningHealth(pod, conditions))
      );
    default:
      return unknown(
        'PodPhaseUnknown',
        `the pod's phase is ${toPrintable(phase)}`,
      );
  }
}

/**
 * Whether a pod ends once, by its own restart policy. Argo CD lets its author say that it does not, other than for a pod
 * that is a hook.
 */
export function endsByItself(pod: KubernetesObject): boolean {
  const policy = textAt(pod, 'spec', 'restartPolicy');
  const { annotations } = pod.metadata;
  const livesOn =
    textAt(annotations, ignoresRestartPolicy) === 'true' &&
    textAt(annotations, argoHook) === undefined;
  return (policy === 'Never' || policy === 'OnFailure') && !livesOn;
}

function readyHealth(
  pod: KubernetesObject,
  phase: string,
  conditions: readonly Condition[],
): Health | undefined {
  const isReady =
    phase === 'Running' &&
    conditionThat(conditions, 'Ready', 'True') !== undefined;
  if (!isReady) return undefined;
  return endsByItself(pod)
    ? inProgress('PodRunning', 'the pod runs, and has not ended')
    : current('PodReady', 'the pod is ready');
}

function endedHealth(
  pod: KubernetesObject,
  conditions: readonly Condition[],
): Health {
  const said = textAt(pod, 'status', 'message');
  const reason = textAt(pod, 'status', 'reason');
  const ended = allStatuses(pod)
    .map(status => ({
      status,
      terminated: valueAt(status, 'state', 'terminated'),
    }))
    .find(({ terminated }) => (countAt(terminated, 'exitCode') ?? 0) !== 0);
  if (ended !== undefined) {
    return failed(
      reason ?? textAt(ended.terminated, 'reason') ?? 'PodFailed',
      said === undefined
        ? `${nameOf(ended.status)} ${howItEnded(ended.terminated)}`
        : toPrintable(said),
    );
  }
  const completed = conditionThat(conditions, 'Ready', 'False');
  // As kstatus has it: nothing says what has failed, and who made the pod sees that it has ended.
  if (
    said === undefined &&
    reason === undefined &&
    completed?.reason === 'PodCompleted'
  ) {
    return current('PodCompleted', 'the pod has ended, not successfully');
  }
  return failed(
    reason ?? 'PodFailed',
    toPrintable(said ?? 'the pod has failed'),
  );
}

/** The first container, init containers before others, that fails; then the first that waits for something to pass. */
function containersHealth(
  pod: KubernetesObject,
  now: Date,
): Health | undefined {
  const age = secondsSince(
    timeAt(pod, 'status', 'startTime') ??
      timeAt(pod.metadata, 'creationTimestamp'),
    now,
  );
  let waits: Health | undefined;
  for (const status of allStatuses(pod)) {
    const health = containerHealth(pod, status, age, now);
    if (health?.status === 'Failed') return health;
    waits ??= health;
  }
  return waits;
}

function containerHealth(
  pod: KubernetesObject,
  status: PlainMap,
  age: number,
  now: Date,
): Health | undefined {
  const waiting = valueAt(status, 'state', 'waiting');
  const reason = textAt(waiting, 'reason') ?? '';
  const said = textAt(waiting, 'message') ?? '';
  const judged = judgeWaiting(reason, said);
  if (judged !== undefined) {
    const last = valueAt(status, 'lastState', 'terminated');
    const message = [
      `${nameOf(status)} waits with ${toPrintable(reason)}`,
      last !== undefined && `it ${howItEnded(last)}`,
      said !== '' && toPrintable(said),
    ]
      .filter(part => part !== false)
      .join(': ');
    const isOver = judged.fatalAfter !== undefined && age >= judged.fatalAfter;
    // One that ends by itself is tried again; its Job tells when that is over. So Argo CD has it too.
    return (isOver && !endsByItself(pod) ? failed : inProgress)(
      toPrintable(reason),
      message,
    );
  }
  return restartsHealth(pod, status, now);
}

/** A container that was restarted again and again, and is not ready. */
function restartsHealth(
  pod: KubernetesObject,
  status: PlainMap,
  now: Date,
): Health | undefined {
  const restarts = countAt(status, 'restartCount') ?? 0;
  const last = valueAt(status, 'lastState', 'terminated');
  if (
    status.ready === true ||
    last === undefined ||
    restarts < maxRestarts ||
    runsCalmly(status, now) ||
    endsByItself(pod)
  ) {
    return undefined;
  }
  return failed(
    textAt(last, 'reason') ?? 'ContainerRestarts',
    `${nameOf(
      status,
    )} was restarted ${restarts} times and is not ready; the last time it ${howItEnded(
      last,
    )}`,
  );
}

/** Whether a container has run for so long that its former crashes are forgotten. */
export function runsCalmly(status: PlainMap, now: Date): boolean {
  const startedAt = timeAt(status, 'state', 'running', 'startedAt');
  return startedAt !== undefined && secondsSince(startedAt, now) >= calmSeconds;
}

function pendingHealth(
  pod: KubernetesObject,
  conditions: readonly Condition[],
  now: Date,
): Health {
  const scheduled = conditionThat(conditions, 'PodScheduled', 'False');
  if (scheduled?.reason === 'Unschedulable') {
    const waited = secondsSince(
      timeAt(pod.metadata, 'creationTimestamp') ?? scheduled.since,
      now,
    );
    return waited < graceSeconds.unschedulable
      ? inProgress(
          'PodNotScheduled',
          scheduled.message || 'no node has been found for the pod yet',
        )
      : failed(
          'PodUnschedulable',
          scheduled.message || 'no node takes the pod',
        );
  }
  const waiting = allStatuses(pod)
    .map(status => ({
      status,
      reason: textAt(status, 'state', 'waiting', 'reason'),
    }))
    .find(({ reason }) => reason !== undefined);
  return inProgress(
    'PodPending',
    waiting === undefined
      ? 'the pod is pending'
      : `${nameOf(waiting.status)} waits with ${toPrintable(
          waiting.reason ?? '',
        )}`,
  );
}

function runningHealth(
  pod: KubernetesObject,
  conditions: readonly Condition[],
): Health {
  if (endsByItself(pod)) {
    return inProgress('PodRunning', 'the pod runs, and has not ended');
  }
  const ready = conditionThat(conditions, 'Ready', 'False');
  return inProgress(
    'PodRunningNotReady',
    ready?.message || 'the pod runs and is not ready',
  );
}

function allStatuses(pod: KubernetesObject): readonly PlainMap[] {
  return [
    ...mapsAt(pod, 'status', 'initContainerStatuses'),
    ...mapsAt(pod, 'status', 'containerStatuses'),
  ];
}

function nameOf(status: PlainMap): string {
  return `container ${toPrintable(
    textAt(status, 'name') ?? '(without a name)',
  )}`;
}

function howItEnded(terminated: unknown): string {
  const code = countAt(terminated, 'exitCode');
  const reason = textAt(terminated, 'reason');
  const said = textAt(terminated, 'message');
  return [
    `ended with exit code ${code ?? '(none)'}`,
    reason !== undefined && reason !== 'Error' && ` (${toPrintable(reason)})`,
    said !== undefined && said.trim() !== '' && `: ${toPrintable(said)}`,
  ]
    .filter(part => part !== false)
    .join('');
}

/** Seconds from a moment until now; a moment that is not known was long ago. */
export function secondsSince(then: Date | undefined, now: Date): number {
  return then === undefined
    ? Infinity
    : (now.getTime() - then.getTime()) / 1000;
}
