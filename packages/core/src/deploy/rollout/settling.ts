import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { HealthContext } from '../health/health-context';
import {
  conditionThat,
  conditionsOf,
  mapsAt,
  timeAt,
} from '../health/object-fields';
import { workloadParts } from './workload-parts';

/**
 * Milliseconds that a container without a readiness probe has to run: it is ready from the first on, whatever comes of it.
 * These are two whole seconds: of a start only the second in which it was is told.
 */
const settles = 3_000;

/** Kinds whose pods never end well. */
const kinds = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);

/**
 * What a workload that says that it is available has still to wait for, because of containers without a readiness probe:
 * until they have run for a while, or until what is told of a pod is as new as what is told of the workload.
 *
 * @returns undefined: they have run long enough, or their probes tell. Without `again` a pod changes first.
 */
export function settling(
  workload: KubernetesObject,
  context: HealthContext,
): { readonly again?: Date } | undefined {
  if (!kinds.has(workload.kind)) return undefined;
  const pods = workloadParts(workload, context).pods.filter(
    pod => unprobedOf(pod).size > 0,
  );
  // It ended since, or it was not ready yet when it was seen last.
  if (pods.some(pod => !isReady(pod))) return {};
  const now = context.now.getTime();
  const starts = pods
    .flatMap(startsOf)
    .map(start => start + settles)
    // A clock of the cluster that goes before ours tells nothing.
    .filter(at => at > now && at <= now + settles);
  return starts.length === 0
    ? undefined
    : { again: new Date(Math.max(...starts)) };
}

function unprobedOf(pod: KubernetesObject): ReadonlySet<unknown> {
  return new Set(
    mapsAt(pod, 'spec', 'containers')
      .filter(({ readinessProbe }) => readinessProbe === undefined)
      .map(({ name }) => name),
  );
}

function isReady(pod: KubernetesObject): boolean {
  return conditionThat(conditionsOf(pod), 'Ready', 'True') !== undefined;
}

/** Milliseconds of the epoch at which its containers without a probe began to run. */
function startsOf(pod: KubernetesObject): number[] {
  const unprobed = unprobedOf(pod);
  return mapsAt(pod, 'status', 'containerStatuses')
    .filter(({ name }) => unprobed.has(name))
    .flatMap(
      status =>
        timeAt(status, 'state', 'running', 'startedAt')?.getTime() ?? [],
    );
}
