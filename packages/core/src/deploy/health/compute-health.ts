import { toPrintable } from '../../text/to-printable';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { claimHealth } from './claim-health';
import { deploymentHealth } from './deployment-health';
import {
  current,
  failed,
  inProgress,
  notFound,
  terminating,
  unknown,
} from './health';
import type { Health } from './health';
import type { HealthContext } from './health-context';
import { jobHealth } from './job-health';
import { conditionThat, conditionsOf, countAt, textAt } from './object-fields';
import {
  apiServiceHealth,
  applicationHealth,
  autoscalerHealth,
  definitionHealth,
  ingressHealth,
  namespaceHealth,
  serviceHealth,
  storedHealth,
} from './other-health';
import { podHealth } from './pod-health';
import {
  daemonSetHealth,
  replicaSetHealth,
  statefulSetHealth,
} from './set-health';

type Rule = (object: KubernetesObject, context: HealthContext) => Health;

/** By `group/kind`; the core group is empty. */
const rules: Readonly<Record<string, Rule>> = {
  '/ConfigMap': storedHealth,
  '/Namespace': namespaceHealth,
  '/PersistentVolumeClaim': claimHealth,
  '/Pod': podHealth,
  '/Secret': storedHealth,
  '/Service': serviceHealth,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
  'apiregistration.k8s.io/APIService': apiServiceHealth,
  'apps/DaemonSet': daemonSetHealth,
  'apps/Deployment': deploymentHealth,
  'apps/ReplicaSet': replicaSetHealth,
  'apps/StatefulSet': statefulSetHealth,
  'argoproj.io/Application': applicationHealth,
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'batch/CronJob': storedHealth,
  'batch/Job': jobHealth,
  'extensions/DaemonSet': daemonSetHealth,
  'extensions/Deployment': deploymentHealth,
  'extensions/Ingress': ingressHealth,
  'extensions/ReplicaSet': replicaSetHealth,
  'networking.k8s.io/Ingress': ingressHealth,
  'policy/PodDisruptionBudget': storedHealth,
};

/**
 * The health of an object as the cluster has it, by itself and by what `context` knows beside it. The order is kstatus'
 * own: deletion, generation, the conditions Reconciling and Stalled, the rule of the kind, the condition Ready, and
 * without any of them `Current`. Where it differs from kstatus and Argo CD: docs/explanation/health.md.
 *
 * Nothing is thrown, whatever the object holds. @param object undefined: the cluster has none of this name.
 */
export function computeHealth(
  object: KubernetesObject | undefined,
  context: HealthContext,
): Health {
  if (object === undefined) {
    return notFound('NotFound', 'it is not in the cluster');
  }
  return (
    commonHealth(object) ??
    ruleOf(object)?.(object, context) ??
    readyHealth(object) ??
    current('Stored', 'it has no condition to wait for')
  );
}

function ruleOf({ apiVersion, kind }: KubernetesObject): Rule | undefined {
  const slash = apiVersion.indexOf('/');
  const key = `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
  return Object.hasOwn(rules, key) ? rules[key] : undefined;
}

/** What holds for every kind. */
function commonHealth(object: KubernetesObject): Health | undefined {
  const { metadata } = object;
  if (textAt(metadata, 'deletionTimestamp')) {
    return terminating('Terminating', deletionSentence(object));
  }
  const { status } = object;
  if (status !== undefined && status !== null && typeof status !== 'object') {
    return unknown('StatusUnreadable', 'its status is no mapping');
  }
  const generation = countAt(metadata, 'generation');
  const observed = countAt(object, 'status', 'observedGeneration');
  if (
    generation !== undefined &&
    observed !== undefined &&
    generation !== observed
  ) {
    return inProgress(
      'LatestGenerationNotObserved',
      `generation ${generation} is asked for, and its controller has seen ${observed}`,
    );
  }
  for (const { type, status: value, reason, message } of conditionsOf(object)) {
    if (value !== 'True') continue;
    if (type === 'Reconciling') {
      return inProgress(reason || type, message || 'it is being reconciled');
    }
    if (type === 'Stalled') {
      return failed(reason || type, message || 'its controller is stuck');
    }
  }
  return undefined;
}

function deletionSentence(object: KubernetesObject): string {
  const why = conditionsOf(object).find(
    ({ type, status, message }) =>
      status === 'True' && message !== '' && /Remain|Failure/.test(type),
  );
  const { finalizers } = object.metadata;
  if (why !== undefined) return `it is being deleted: ${why.message}`;
  return Array.isArray(finalizers) && finalizers.length > 0
    ? toPrintable(
        `it is being deleted; it waits for ${finalizers
          .map(String)
          .join(', ')}`,
      )
    : 'it is being deleted';
}

function readyHealth(object: KubernetesObject): Health | undefined {
  const conditions = conditionsOf(object);
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (ready === undefined) return undefined;
  return conditionThat(conditions, 'Ready', 'True')
    ? current(ready.reason || 'Ready', ready.message || 'it is ready')
    : inProgress(
        ready.reason || 'NotReady',
        ready.message || 'it is not ready',
      );
}
