import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { newestPods, newestReplicaSet } from '../health/deployment-health';
import type { HealthContext } from '../health/health-context';
import {
  conditionThat,
  conditionsOf,
  countAt,
  textAt,
} from '../health/object-fields';

/** What of a workload tells of its present rollout. */
export interface WorkloadParts {
  /** Who is refused where no pod can be made, the workload first. */
  readonly makers: readonly KubernetesObject[];
  /** Pods of the present version that have neither ended nor are going. */
  readonly pods: readonly KubernetesObject[];
  /** Whether pods of a former version are going, and give back what they hold. */
  readonly isMakingRoom: boolean;
}

const revisionHash = 'controller-revision-hash';
const templateGeneration = 'pod-template-generation';
const setGeneration = 'deprecated.daemonset.template.generation';

/** The parts of a Deployment, StatefulSet, DaemonSet, Job or Pod; of anything else there are none. */
export function workloadParts(
  workload: KubernetesObject,
  context: HealthContext,
): WorkloadParts {
  switch (workload.kind) {
    case 'Deployment':
      return deploymentParts(workload, context);
    case 'StatefulSet': {
      const hash = textAt(workload, 'status', 'updateRevision');
      return ownParts(workload, context, ({ metadata }) =>
        isSame(textAt(metadata, 'labels', revisionHash), hash),
      );
    }
    case 'DaemonSet': {
      const now = textAt(workload.metadata, 'annotations', setGeneration);
      return ownParts(workload, context, ({ metadata }) =>
        isSame(textAt(metadata, 'labels', templateGeneration), now),
      );
    }
    case 'Job': {
      // It makes another pod for one that failed, and its log tells why.
      const { pods, ...parts } = ownParts(workload, context, () => true);
      const over = context.ownedBy(workload, 'Pod').filter(hasFailed);
      return { ...parts, pods: [...pods, ...over] };
    }
    case 'ReplicaSet':
      return ownParts(workload, context, () => true);
    case 'Pod':
      return { makers: [], pods: [workload], isMakingRoom: false };
    default:
      return { makers: [], pods: [], isMakingRoom: false };
  }
}

function deploymentParts(
  deployment: KubernetesObject,
  context: HealthContext,
): WorkloadParts {
  const sets = context.ownedBy(deployment, 'ReplicaSet');
  const newest = newestReplicaSet(deployment, context);
  const former = sets.filter(set => set !== newest);
  return {
    makers: makersOf(deployment, newest, sets, context),
    pods: newestPods(deployment, context),
    isMakingRoom: former.some(
      set =>
        (countAt(set, 'status', 'replicas') ?? 0) >
          (countAt(set, 'spec', 'replicas') ?? 1) ||
        context.ownedBy(set, 'Pod').some(isGoing),
    ),
  };
}

/**
 * As long as the present ReplicaSet is not there, or nobody refuses its pods, a Deployment repeats what was said of the
 * former one.
 */
function makersOf(
  deployment: KubernetesObject,
  newest: KubernetesObject | undefined,
  sets: readonly KubernetesObject[],
  context: HealthContext,
): readonly KubernetesObject[] {
  if (sets.length === 0) return [deployment];
  if (newest === undefined) return [];
  const isRefused =
    conditionThat(conditionsOf(newest), 'ReplicaFailure', 'True') !==
      undefined ||
    context
      .eventsOf(newest)
      .some(event => textAt(event, 'reason') === 'FailedCreate');
  return isRefused ? [deployment, newest] : [newest];
}

function ownParts(
  workload: KubernetesObject,
  context: HealthContext,
  isPresent: (pod: KubernetesObject) => boolean,
): WorkloadParts {
  const pods = context.ownedBy(workload, 'Pod');
  return {
    makers: [workload],
    pods: pods.filter(
      pod =>
        isPresent(pod) &&
        !isGoing(pod) &&
        !['Failed', 'Succeeded'].includes(textAt(pod, 'status', 'phase') ?? ''),
    ),
    isMakingRoom: pods.some(isGoing),
  };
}

function hasFailed(pod: KubernetesObject): boolean {
  return !isGoing(pod) && textAt(pod, 'status', 'phase') === 'Failed';
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function isGoing({ metadata }: KubernetesObject): boolean {
  return textAt(metadata, 'deletionTimestamp') !== undefined;
}
