import type {
  Container,
  ContainerStatus,
  Pod,
  PodCondition,
  TerminatedState,
} from './pod';
import { podIP } from './pod';

/** Nothing starts again; why, where it is not the end of its containers. */
export interface PodEnd {
  readonly reason?: string;
  readonly message?: string;
}

/** What the node knows of a pod. */
export interface PodReport {
  readonly pod: Pod;
  readonly startTime: string;
  readonly init: readonly ContainerStatus[];
  readonly main: readonly ContainerStatus[];
  readonly isInitialized: boolean;
  readonly hasSandbox: boolean;
  readonly ended?: PodEnd;
  readonly now: string;
}

/** How a kubelet reports a pod. Source: Kubernetes, "Pod Lifecycle". */
export function toPodStatus(report: PodReport): object {
  const { pod, startTime, init, main, ended } = report;
  const phase = phaseOf(report);
  return {
    phase,
    observedGeneration: pod.metadata.generation,
    conditions: toConditions(report, phase),
    reason: ended?.reason,
    message: ended?.message,
    hostIP: podIP,
    hostIPs: [{ ip: podIP }],
    ...(report.hasSandbox && { podIP, podIPs: [{ ip: podIP }] }),
    startTime,
    initContainerStatuses: init.length > 0 ? init : undefined,
    containerStatuses: main,
  };
}

function phaseOf({ pod, init, main, isInitialized, ended }: PodReport): string {
  if (ended) {
    const isGood =
      !ended.reason &&
      isInitialized &&
      main.every(({ state }) => state.terminated?.exitCode === 0);
    return isGood ? 'Succeeded' : 'Failed';
  }
  if (!isInitialized) return 'Pending';
  const hasRun = (status: ContainerStatus) =>
    status.state.running ??
    status.state.terminated ??
    status.lastState.terminated;
  if (!main.every(hasRun)) return 'Pending';
  const policy = pod.spec.restartPolicy ?? 'Always';
  const ends = main.map(({ state }) => state.terminated);
  const isOver = ends.every(end => end && !startsAgain(policy, end));
  if (!isOver) return 'Running';
  // A sidecar may still be stopping.
  if (init.some(({ state }) => state.running)) return 'Running';
  return ends.every(end => end?.exitCode === 0) ? 'Succeeded' : 'Failed';
}

/** Whether a container that ended so is started again. */
export function startsAgain(
  policy: string,
  { exitCode }: Pick<TerminatedState, 'exitCode'>,
): boolean {
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** An init container that runs beside the others. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

function toConditions(report: PodReport, phase: string): PodCondition[] {
  const { pod, init, main, isInitialized, hasSandbox, now } = report;
  const isOver = phase === 'Succeeded' || phase === 'Failed';
  const unready = isOver
    ? {
        reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed',
      }
    : toUnready(
        [...sidecarsOf(pod, init), ...main],
        'ContainersNotReady',
        'unready',
        ({ ready }) => ready,
      );
  const gates = (pod.spec.readinessGates ?? []).filter(
    ({ conditionType }) => !isTrue(pod, conditionType),
  );
  const gated = gates.length > 0 && {
    reason: 'ReadinessGatesNotReady',
    message: `the status of pod readiness gate "${gates[0].conditionType}" is not "True", but False`,
  };
  const uninitialized =
    !isInitialized &&
    toUnready(
      init,
      'ContainersNotInitialized',
      'incomplete',
      ({ state, ready }) => ready || state.terminated?.exitCode === 0,
    );
  const wanted: [string, false | { reason: string; message?: string }][] = [
    ['PodReadyToStartContainers', !hasSandbox && { reason: '' }],
    ['Initialized', uninitialized],
    ['ContainersReady', unready],
    ['Ready', unready || gated],
  ];
  return wanted.map(([type, why]) => {
    const before = pod.status?.conditions?.find(each => each.type === type);
    const status = why ? 'False' : 'True';
    const isSame = before?.status === status;
    return {
      type,
      status,
      // Null takes a former text away: these are merged into what is there.
      reason: (why && why.reason) || null,
      message: (why && why.message) || null,
      lastTransitionTime: (isSame && before.lastTransitionTime) || now,
      observedGeneration: pod.metadata.generation,
    } as PodCondition;
  });
}

function sidecarsOf(
  { spec }: Pod,
  statuses: readonly ContainerStatus[],
): readonly ContainerStatus[] {
  const names = (spec.initContainers ?? [])
    .filter(isSidecar)
    .map(({ name }) => name);
  return statuses.filter(({ name }) => names.includes(name));
}

function toUnready(
  statuses: readonly ContainerStatus[],
  reason: string,
  word: string,
  isFine: (status: ContainerStatus) => boolean,
): false | { reason: string; message: string } {
  const names = statuses.filter(each => !isFine(each)).map(({ name }) => name);
  if (names.length === 0) return false;
  const message = `containers with ${word} status: [${names.join(' ')}]`;
  return { reason, message };
}

function isTrue({ status }: Pod, type: string): boolean {
  return Boolean(
    status?.conditions?.some(
      each => each.type === type && each.status === 'True',
    ),
  );
}
