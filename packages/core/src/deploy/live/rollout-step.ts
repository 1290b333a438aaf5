import type { HealthContext } from '../health/health-context';
import { newestPods } from '../health/deployment-health';
import {
  conditionThat,
  conditionsOf,
  countAt,
  mapsAt,
  textAt,
  timeAt,
} from '../health/object-fields';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { elapsed, endedStatus } from './live-cause';
import { wantedReplicas } from './live-objects';

/**
 * What a rollout is at, and for how long, in tens of seconds: `pulling the image, 20 s`. A time below ten seconds is left
 * out, so that what is told changes no more often than it says more.
 */
export function rolloutStep(
  deployment: KubernetesObject,
  context: HealthContext,
): string {
  const waits = newestPods(deployment, context).filter(
    pod => !conditionThat(conditionsOf(pod), 'Ready', 'True'),
  );
  const [pod] = waits;
  if (pod === undefined) return withoutPod(deployment);
  const { step, since } = stepOf(pod);
  const seconds =
    since === undefined
      ? 0
      : Math.floor((context.now.getTime() - since.getTime()) / 10_000) * 10;
  return seconds < 10 ? step : `${step}, ${elapsed(seconds)}`;
}

function withoutPod(deployment: KubernetesObject): string {
  const wanted = wantedReplicas(deployment);
  const count = (field: string) => countAt(deployment, 'status', field) ?? 0;
  if (count('replicas') > count('updatedReplicas')) {
    return 'stopping the version before';
  }
  return count('updatedReplicas') < wanted
    ? 'making the pod'
    : 'waiting until it is available';
}

interface Step {
  readonly step: string;
  readonly since: Date | undefined;
}

function stepOf(pod: KubernetesObject): Step {
  const conditions = conditionsOf(pod);
  const created = timeAt(pod.metadata, 'creationTimestamp');
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  const isPlaced =
    scheduled?.status === 'True' ||
    textAt(pod, 'spec', 'nodeName') !== undefined;
  if (!isPlaced) return { step: 'waiting for a node', since: created };
  const placedAt = scheduled?.since ?? created;
  if (endedStatus(pod) !== undefined) {
    return { step: 'starting again after it ended', since: undefined };
  }
  const init = mapsAt(pod, 'status', 'initContainerStatuses');
  const isInit = init.some(
    status =>
      countAt(status, 'state', 'terminated', 'exitCode') !== 0 &&
      status.ready !== true,
  );
  const running = mapsAt(pod, 'status', 'containerStatuses')
    .map(status => timeAt(status, 'state', 'running', 'startedAt'))
    .find(at => at !== undefined);
  if (running !== undefined) return { step: 'starting', since: running };
  const isSandboxed = conditions.find(
    ({ type }) => type === 'PodReadyToStartContainers',
  );
  if (isSandboxed?.status === 'False') {
    return { step: 'preparing its volumes and network', since: placedAt };
  }
  const initRuns = init
    .map(status => timeAt(status, 'state', 'running', 'startedAt'))
    .find(at => at !== undefined);
  if (isInit && initRuns !== undefined) {
    return { step: 'preparing', since: initRuns };
  }
  return { step: 'pulling the image', since: isSandboxed?.since ?? placedAt };
}
