import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { isEqual, isMap } from '../objects/plain-value';
import type { PlainMap } from '../objects/plain-value';
import { current, failed, inProgress } from './health';
import type { Health } from './health';
import type { HealthContext } from './health-context';
import { graceSeconds } from './judge-waiting';
import {
  conditionThat,
  conditionsOf,
  countAt,
  textAt,
  valueAt,
} from './object-fields';
import type { Condition } from './object-fields';
import { podHealth, secondsSince } from './pod-health';

const revision = 'deployment.kubernetes.io/revision';
/** Of the pods of one ReplicaSet, by the controller. */
const templateHash = 'pod-template-hash';
/** What the API server takes for "no deadline" (pkg/controller/deployment/util). */
const noDeadline = 2_147_483_647;

/**
 * A Deployment: the rules of kstatus. Where it is in progress, its condition ReplicaFailure tells why no pod is made, and
 * the pods of its present ReplicaSet, where they are known, tell why it does not come up. Pods of another one are of
 * another release.
 */
export function deploymentHealth(
  deployment: KubernetesObject,
  context: HealthContext,
): Health {
  const own = rolloutHealth(deployment);
  if (own.status !== 'InProgress') {
    return own.status === 'Failed' ? withCause(own, deployment, context) : own;
  }
  if (valueAt(deployment, 'spec', 'paused') === true) return own;
  return (
    refusedHealth(deployment, context.now) ??
    newestPodsHealth(deployment, context) ??
    own
  );
}

/**
 * The ReplicaSet that a Deployment is rolling out; undefined: it is not known. With the strategy Recreate the Deployment
 * names the former revision until the last pod of that has gone, so that its template has to be the same too.
 */
export function newestReplicaSet(
  deployment: KubernetesObject,
  context: HealthContext,
): KubernetesObject | undefined {
  const wanted = textAt(deployment.metadata, 'annotations', revision);
  if (wanted === undefined) return undefined;
  return context
    .ownedBy(deployment, 'ReplicaSet')
    .find(
      set =>
        textAt(set.metadata, 'annotations', revision) === wanted &&
        isOfTemplate(set, valueAt(deployment, 'spec', 'template')),
    );
}

/** As the controller compares them: without the label that it adds. Where one is not there, nothing speaks against it. */
function isOfTemplate(set: KubernetesObject, template: unknown): boolean {
  const own = valueAt(set, 'spec', 'template');
  if (!isMap(own) || !isMap(template)) return true;
  return isEqual(withoutHash(own), withoutHash(template));
}

function withoutHash(template: PlainMap): PlainMap {
  const { metadata, ...rest } = template;
  const labels = Object.entries(fieldsOf(valueAt(metadata, 'labels'))).filter(
    ([name]) => name !== templateHash,
  );
  return {
    ...rest,
    labels: Object.fromEntries(labels),
    annotations: fieldsOf(valueAt(metadata, 'annotations')),
  };
}

function fieldsOf(value: unknown): PlainMap {
  return isMap(value) ? value : {};
}

/** The pods that tell of a Deployment's rollout: those of its present ReplicaSet that have neither ended nor are going. */
export function newestPods(
  deployment: KubernetesObject,
  context: HealthContext,
): readonly KubernetesObject[] {
  const set = newestReplicaSet(deployment, context);
  if (set === undefined) return [];
  return context.ownedBy(set, 'Pod').filter(
    pod =>
      textAt(pod.metadata, 'deletionTimestamp') === undefined &&
      // What was evicted is replaced by another pod.
      !['Failed', 'Succeeded'].includes(textAt(pod, 'status', 'phase') ?? ''),
  );
}

function rolloutHealth(deployment: KubernetesObject): Health {
  const conditions = conditionsOf(deployment);
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return failed(
      progressing.reason,
      progressing.message || 'the progress deadline has passed',
    );
  }
  if (valueAt(deployment, 'spec', 'paused') === true) {
    return inProgress(
      'DeploymentPaused',
      'the deployment is paused: its pods do not follow its template',
    );
  }
  const wanted = countAt(deployment, 'spec', 'replicas') ?? 1;
  const count = (field: string) => countAt(deployment, 'status', field) ?? 0;
  const all = count('replicas');
  const updated = count('updatedReplicas');
  const available = count('availableReplicas');
  const ready = count('readyReplicas');
  if (wanted > all) {
    return inProgress('LessReplicas', `${all} of ${wanted} pods are there`);
  }
  if (wanted > updated) {
    return inProgress(
      'LessUpdated',
      `${updated} of ${wanted} pods are of the new version`,
    );
  }
  if (all > wanted) {
    return inProgress(
      'ExtraPods',
      `${all - wanted} pods of before have still to go`,
    );
  }
  if (updated > available) {
    return inProgress(
      'LessAvailable',
      `${available} of ${updated} pods are available`,
    );
  }
  if (wanted > ready) {
    return inProgress('LessReady', `${ready} of ${wanted} pods are ready`);
  }
  const deadline = countAt(deployment, 'spec', 'progressDeadlineSeconds');
  const isUnwatched = deadline === undefined || deadline === noDeadline;
  if (
    !isUnwatched &&
    !(
      progressing?.status === 'True' &&
      progressing.reason === 'NewReplicaSetAvailable'
    )
  ) {
    return inProgress(
      'ReplicaSetNotAvailable',
      progressing?.message || 'the new ReplicaSet is not available',
    );
  }
  const isAvailable = conditionThat(conditions, 'Available', 'True');
  return isAvailable
    ? current('Available', `${ready} of ${wanted} pods are ready`)
    : inProgress('DeploymentNotAvailable', 'the deployment is not available');
}

/** The API server takes no pod of it: a quota, a policy, an admission. */
export function refusedHealth(
  object: KubernetesObject,
  now: Date,
): Health | undefined {
  const refused = refusal(object);
  if (refused === undefined) return undefined;
  // Without a moment nobody knows how long it lasts; the deadline ends it.
  const lasts =
    refused.since === undefined ? 0 : secondsSince(refused.since, now);
  return (lasts >= graceSeconds.refused ? failed : inProgress)(
    refused.reason || 'ReplicaFailure',
    refused.message || 'a pod cannot be made',
  );
}

function refusal(object: KubernetesObject): Condition | undefined {
  return conditionThat(conditionsOf(object), 'ReplicaFailure', 'True');
}

/** The first pod of the present ReplicaSet that fails, else what it waits for. */
function newestPodsHealth(
  deployment: KubernetesObject,
  context: HealthContext,
): Health | undefined {
  const set = newestReplicaSet(deployment, context);
  const refused = set && refusedHealth(set, context.now);
  if (refused !== undefined) return refused;
  let waits: Health | undefined;
  for (const pod of newestPods(deployment, context)) {
    const health = podHealth(pod, context);
    const told = {
      ...health,
      message: `pod ${pod.metadata.name}: ${health.message}`,
    };
    if (health.status === 'Failed') return told;
    if (health.status === 'InProgress') waits ??= told;
  }
  return waits;
}

/** A deadline that has passed tells nothing of why. */
function withCause(
  own: Health,
  deployment: KubernetesObject,
  context: HealthContext,
): Health {
  const said = refusal(deployment)?.message;
  const cause = said || newestPodsHealth(deployment, context)?.message;
  return cause ? { ...own, message: `${own.message}: ${cause}` } : own;
}
