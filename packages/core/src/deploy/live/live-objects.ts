import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { countAt, mapsAt, textAt, valueAt } from '../health/object-fields';
import { fieldOf, isMap } from '../objects/plain-value';
import type { PlainMap } from '../objects/plain-value';
import { toPrintable } from '../../text/to-printable';

const podConditions = new Set([
  'Ready',
  'PodScheduled',
  'PodReadyToStartContainers',
]);

/** As our overlays label what they make; pods have it by their base, as the convention of Kubernetes is. */
export const componentLabel = 'app.kubernetes.io/part-of';
export const podLabel = 'app.kubernetes.io/name';
const versionLabel = 'app.kubernetes.io/version';

const revision = 'deployment.kubernetes.io/revision';
const restartedAt = 'kubectl.kubernetes.io/restartedAt';
const templateHash = 'pod-template-hash';

/**
 * Of a Deployment what its status is told from, in the shape in which the API has it, so that the rules of health read it as
 * they read the whole.
 */
export function trimDeployment(object: KubernetesObject): KubernetesObject {
  const { metadata } = object;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: metadata.name,
      ...pick(metadata, [
        'namespace',
        'uid',
        'generation',
        'deletionTimestamp',
      ]),
      ...some('annotations', pick(metadata.annotations, [revision])),
    },
    spec: {
      ...pick(object.spec, ['replicas', 'paused', 'progressDeadlineSeconds']),
      template: trimTemplate(valueAt(object, 'spec', 'template')),
    },
    status: {
      ...pick(object.status, [
        'observedGeneration',
        'replicas',
        'updatedReplicas',
        'readyReplicas',
        'availableReplicas',
      ]),
      conditions: mapsAt(object, 'status', 'conditions').map(condition =>
        trimCondition(condition, ['lastUpdateTime']),
      ),
    },
  };
}

/** Of a pod the same. One that is ready says little, and takes little. */
export function trimPod(object: KubernetesObject): KubernetesObject {
  const { metadata } = object;
  const statuses = (sort: string) =>
    mapsAt(object, 'status', sort).map(trimStatus);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: metadata.name,
      ...pick(metadata, [
        'namespace',
        'uid',
        'creationTimestamp',
        'deletionTimestamp',
      ]),
      ...some(
        'labels',
        pick(metadata.labels, [templateHash, versionLabel, podLabel]),
      ),
      ...some('annotations', pick(metadata.annotations, [restartedAt])),
      ownerReferences: mapsAt(metadata, 'ownerReferences')
        .filter(({ controller }) => controller === true)
        .map(owner => pick(owner, ['kind', 'name', 'uid', 'controller'])),
    },
    spec: {
      ...pick(object.spec, ['nodeName', 'restartPolicy']),
      ...trimContainers(object.spec),
    },
    status: {
      ...pick(object.status, ['phase', 'reason', 'message', 'startTime']),
      conditions: mapsAt(object, 'status', 'conditions')
        .filter(({ type }) => podConditions.has(String(type)))
        .map(condition => trimCondition(condition, [])),
      ...some('initContainerStatuses', statuses('initContainerStatuses')),
      containerStatuses: statuses('containerStatuses'),
    },
  };
}

function trimTemplate(template: unknown): PlainMap {
  const metadata = valueAt(template, 'metadata');
  return {
    metadata: {
      ...some('labels', pick(valueAt(metadata, 'labels'), [versionLabel])),
      ...some(
        'annotations',
        pick(valueAt(metadata, 'annotations'), [restartedAt]),
      ),
    },
    spec: trimContainers(valueAt(template, 'spec')),
  };
}

function trimContainers(spec: unknown): PlainMap {
  const trim = (sort: string) =>
    mapsAt(spec, sort).map(container => {
      const memory = valueAt(container, 'resources', 'limits', 'memory');
      return {
        ...pick(container, ['name', 'image']),
        // Whether there is one is what matters: without it a container is ready from the first moment on.
        ...(container.readinessProbe !== undefined && { readinessProbe: {} }),
        ...(memory !== undefined && { resources: { limits: { memory } } }),
      };
    });
  return {
    ...some('initContainers', trim('initContainers')),
    containers: trim('containers'),
  };
}

function trimStatus(status: PlainMap): PlainMap {
  const part = (value: unknown) => {
    const fields = pick(value, [
      'reason',
      'message',
      'exitCode',
      'startedAt',
      'finishedAt',
    ]);
    return typeof fields.message === 'string'
      ? { ...fields, message: toPrintable(fields.message) }
      : fields;
  };
  const parts = (value: unknown) =>
    Object.fromEntries(
      ['waiting', 'running', 'terminated'].flatMap(name => {
        const found = fieldOf(value, name);
        return isMap(found) ? [[name, part(found)]] : [];
      }),
    );
  const digest = /sha256:[0-9a-f]{64}/.exec(String(status.imageID ?? ''))?.[0];
  return {
    ...pick(status, ['name', 'ready', 'restartCount']),
    // Where the image was named by its tag, this alone tells which one it is.
    ...(digest !== undefined &&
      !String(status.image ?? '').includes('@') && { imageID: digest }),
    state: parts(status.state),
    ...some('lastState', parts(status.lastState)),
  };
}

function trimCondition(condition: PlainMap, more: readonly string[]): PlainMap {
  const message = textAt(condition, 'message');
  return {
    ...pick(condition, [
      'type',
      'status',
      'reason',
      'lastTransitionTime',
      ...more,
    ]),
    ...(message !== undefined &&
      condition.status !== 'True' && { message: toPrintable(message) }),
    ...(message !== undefined &&
      condition.type === 'ReplicaFailure' && {
        message: message.slice(0, 600),
      }),
  };
}

function pick(from: unknown, names: readonly string[]): PlainMap {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = fieldOf(from, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function some(name: string, value: PlainMap | readonly PlainMap[]): PlainMap {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}

/** What an image is by its name, and by what runs. */
export interface LiveVersion {
  /** What the label or the image's tag says; overlays of ours name digests, and say nothing of it. */
  readonly version?: string;
  readonly digest?: string;
}

/** The version of a pod, or of a Deployment's template: that of the container named as the component, else of the first. */
export function versionOf(of: unknown, component: string): LiveVersion {
  const containers = mapsAt(of, 'spec', 'containers');
  const main =
    containers.find(({ name }) => name === component) ?? containers[0];
  const image = textAt(main, 'image') ?? '';
  const status = mapsAt(of, 'status', 'containerStatuses').find(
    ({ name }) => name === main?.name,
  );
  const digest =
    /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1] ?? textAt(status, 'imageID');
  const tag = /:(v?\d[\w.-]{0,127})$/.exec(image.split('@')[0])?.[1];
  const version =
    textAt(valueAt(of, 'metadata'), 'labels', versionLabel) ??
    tag?.replace(/^v/, '');
  return {
    ...(version !== undefined && { version }),
    ...(digest !== undefined && { digest }),
  };
}

/** Replicas that a Deployment is to have. */
export function wantedReplicas(deployment: KubernetesObject): number {
  return countAt(deployment, 'spec', 'replicas') ?? 1;
}

/** By what two templates of one Deployment are told apart here: their images, and a restart that somebody asked for. */
export function templateKey(of: unknown): string {
  const images = (sort: string) =>
    mapsAt(of, 'spec', sort).map(({ name, image }) => [name, image]);
  return JSON.stringify([
    images('initContainers'),
    images('containers'),
    textAt(valueAt(of, 'metadata'), 'annotations', restartedAt) ?? '',
  ]);
}
