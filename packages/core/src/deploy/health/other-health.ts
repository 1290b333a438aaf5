import { toPrintable } from '../../text/to-printable';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { isList, isMap } from '../objects/plain-value';
import { current, failed, inProgress, terminating, unknown } from './health';
import type { Health } from './health';
import {
  conditionThat,
  conditionsOf,
  mapsAt,
  textAt,
  toConditions,
} from './object-fields';
import type { Condition } from './object-fields';

/** What is there once the API server has it: a ConfigMap, a Secret, a CronJob, a PodDisruptionBudget. */
export function storedHealth(): Health {
  return current('Stored', 'there is nothing to wait for');
}

/** A Service: one of type LoadBalancer has its cluster IP; its outer address is not awaited. */
export function serviceHealth(service: KubernetesObject): Health {
  const isBalanced = textAt(service, 'spec', 'type') === 'LoadBalancer';
  if (isBalanced && !textAt(service, 'spec', 'clusterIP')) {
    return inProgress('NoIPAssigned', 'the service has no cluster IP yet');
  }
  return current(
    'ServiceReady',
    isBalanced ? addressSentence(service) : 'the service is there',
  );
}

/** An Ingress: there once the API server has it. Other than Argo CD its address is told, and not awaited. */
export function ingressHealth(ingress: KubernetesObject): Health {
  return current('IngressReady', addressSentence(ingress));
}

function addressSentence(object: KubernetesObject): string {
  const addresses = mapsAt(object, 'status', 'loadBalancer', 'ingress')
    .map(entry => textAt(entry, 'hostname') ?? textAt(entry, 'ip'))
    .filter(address => address !== undefined);
  return addresses.length === 0
    ? 'it has no address yet, which is not waited for'
    : toPrintable(`its address is ${addresses.join(', ')}`);
}

/** A Namespace: one that goes takes nothing new, also where only its phase tells. */
export function namespaceHealth(namespace: KubernetesObject): Health {
  return textAt(namespace, 'status', 'phase') === 'Terminating'
    ? terminating('Terminating', 'the namespace is being deleted')
    : current('Active', 'the namespace is there');
}

/** A CustomResourceDefinition: the rules of kstatus. */
export function definitionHealth(definition: KubernetesObject): Health {
  const conditions = conditionsOf(definition);
  const refused =
    conditionThat(conditions, 'NamesAccepted', 'False') ??
    conditions.find(
      ({ type, status, reason }) =>
        type === 'Established' && status === 'False' && reason !== 'Installing',
    );
  if (refused !== undefined) {
    return failed(
      refused.reason || 'NotEstablished',
      refused.message || 'its names are not accepted',
    );
  }
  return conditionThat(conditions, 'Established', 'True')
    ? current('Established', 'its kind is known to the API server')
    : inProgress('Installing', 'its kind is not known to the API server yet');
}

/** An APIService: available, or not yet. */
export function apiServiceHealth(service: KubernetesObject): Health {
  const available = conditionsOf(service).find(
    ({ type }) => type === 'Available',
  );
  return available?.status === 'True'
    ? current(
        available.reason || 'Available',
        available.message || 'it answers',
      )
    : inProgress(
        available?.reason || 'NotAvailable',
        available?.message || 'it does not answer yet',
      );
}

const autoscalerConditions = 'autoscaling.alpha.kubernetes.io/conditions';

/**
 * A HorizontalPodAutoscaler: Argo CD's rules, but that missing metrics are no failure, since what they scale runs
 * without them.
 */
export function autoscalerHealth(autoscaler: KubernetesObject): Health {
  const conditions = conditionsOfAutoscaler(autoscaler);
  if (conditions === undefined) {
    return unknown(
      'ConditionsUnreadable',
      `annotation ${autoscalerConditions} is no list of conditions`,
    );
  }
  const broken = conditions.find(
    ({ type, reason }) =>
      (type === 'AbleToScale' &&
        (reason === 'FailedGetScale' || reason === 'FailedUpdateScale')) ||
      (type === 'ScalingActive' && reason === 'InvalidSelector'),
  );
  if (broken !== undefined) {
    return failed(broken.reason, broken.message || 'it cannot scale');
  }
  const blind = conditionThat(conditions, 'ScalingActive', 'False');
  if (blind?.reason.startsWith('FailedGet')) {
    return current(blind.reason, blind.message || 'it has no metrics');
  }
  const works =
    conditionThat(conditions, 'AbleToScale', 'True') ??
    conditionThat(conditions, 'ScalingLimited', 'True');
  return works === undefined
    ? inProgress('NotAbleToScale', 'it has not begun to scale yet')
    : current(works.reason || 'AbleToScale', works.message || 'it scales');
}

/** In autoscaling/v1 they are in an annotation. */
function conditionsOfAutoscaler(
  autoscaler: KubernetesObject,
): readonly Condition[] | undefined {
  const written = textAt(
    autoscaler.metadata,
    'annotations',
    autoscalerConditions,
  );
  if (written === undefined) return conditionsOf(autoscaler);
  try {
    const list: unknown = JSON.parse(written);
    return isList(list) ? toConditions(list.filter(isMap)) : undefined;
  } catch {
    return undefined;
  }
}

/** An Application of Argo CD: what Argo CD says of it. */
export function applicationHealth(application: KubernetesObject): Health {
  const status = textAt(application, 'status', 'health', 'status') ?? '';
  const said = textAt(application, 'status', 'health', 'message');
  const message = toPrintable(
    said ?? `Argo CD says ${status || 'nothing yet'}`,
  );
  switch (status) {
    case 'Healthy':
      return current(status, message);
    case 'Degraded':
      return failed(status, message);
    case '':
      return inProgress('NotAssessed', message);
    case 'Progressing':
    case 'Suspended':
    case 'Missing':
      return inProgress(status, message);
    default:
      return unknown('Unknown', message);
  }
}
