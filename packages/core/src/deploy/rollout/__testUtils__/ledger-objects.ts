import type { KubernetesObject } from '../../../cluster/kubernetes-object';

/** The moment at which the rollouts of tests begin. */
export const start = new Date('2026-05-04T10:00:00Z');

/** So many seconds after it, as the API writes a time. */
export function at(seconds: number): string {
  return new Date(start.getTime() + seconds * 1_000).toISOString();
}

const namespace = 'ledger-dev';
const revision = 'deployment.kubernetes.io/revision';
const template = (image: string) => ({
  metadata: { labels: { app: 'ledger' } },
  spec: { containers: [{ name: 'ledger', image }] },
});

/** The image of a version: `v2` is `ghcr.io/acme/ledger:v2`. */
export const imageOf = (version: string) => `ghcr.io/acme/ledger:${version}`;

/** Deployment `ledger` of one replica, at a version. */
export function deployment(
  version: string,
  {
    generation = 2,
    observed = generation,
    known = version,
    ready = 0,
    conditions = [],
  }: {
    readonly generation?: number;
    readonly observed?: number;
    /** The version of the ReplicaSet that its controller has made. */
    readonly known?: string;
    readonly ready?: number;
    readonly conditions?: readonly object[];
  } = {},
): KubernetesObject {
  const all = observed === generation ? { updatedReplicas: 1 } : {};
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'ledger',
      namespace,
      uid: 'd',
      generation,
      annotations: { [revision]: known.slice(1) },
    },
    spec: {
      replicas: 1,
      progressDeadlineSeconds: 600,
      template: template(imageOf(version)),
    },
    status: {
      observedGeneration: observed,
      replicas: 1,
      ...all,
      availableReplicas: ready,
      readyReplicas: ready,
      conditions: [
        ...conditions,
        ...(ready > 0
          ? [
              { type: 'Available', status: 'True' },
              {
                type: 'Progressing',
                status: 'True',
                reason: 'NewReplicaSetAvailable',
              },
            ]
          : []),
      ],
    },
  };
}

/** Its ReplicaSet of a version. */
export function replicaSet(
  version: string,
  status: object = {},
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `ledger-${version}`,
      namespace,
      uid: version,
      annotations: { [revision]: version.slice(1) },
      ownerReferences: [
        { kind: 'Deployment', name: 'ledger', uid: 'd', controller: true },
      ],
    },
    spec: { replicas: 1, template: template(imageOf(version)) },
    status,
  };
}

/** Its pod of a version. */
export function pod(
  version: string,
  status: object,
  { name = `ledger-${version}-x`, metadata = {} as object } = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: name,
      creationTimestamp: at(-1),
      ownerReferences: [
        {
          kind: 'ReplicaSet',
          name: `ledger-${version}`,
          uid: version,
          controller: true,
        },
      ],
      ...metadata,
    },
    spec: template(imageOf(version)).spec,
    status: { phase: 'Pending', ...status },
  };
}

/** Its one container waits. */
export const waits = (reason: string, message = '') => ({
  containerStatuses: [
    {
      name: 'ledger',
      image: '',
      restartCount: 0,
      state: { waiting: { reason, message } },
    },
  ],
});

/** Its one container, which has no readiness probe, runs since so many seconds after the beginning. */
export const runs = (since: number) => ({
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True' }],
  containerStatuses: [
    {
      name: 'ledger',
      restartCount: 0,
      state: { running: { startedAt: at(since) } },
    },
  ],
});

/** Its one container has ended so often; `running`: and runs again. */
export const crashed = (restarts: number, { running = false } = {}) => ({
  phase: 'Running',
  containerStatuses: [
    {
      name: 'ledger',
      restartCount: restarts,
      state: running
        ? { running: { startedAt: at(0) } }
        : { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: {
        terminated: { exitCode: 3, containerID: `run-${restarts}` },
      },
    },
  ],
});

/** An event about an object. */
export function event(
  { kind, metadata }: KubernetesObject,
  reason: string,
  message: string,
  seconds = 0,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${metadata.name}.${reason}.${seconds}`, namespace },
    involvedObject: { kind, name: metadata.name, namespace },
    reason,
    message,
    firstTimestamp: at(seconds),
    lastTimestamp: at(seconds),
  };
}

/** The API server takes no pod. */
export const refused = (message: string, seconds = 0) => ({
  type: 'ReplicaFailure',
  status: 'True',
  reason: 'FailedCreate',
  lastTransitionTime: at(seconds),
  message,
});

/** Something of one sentence that nobody waits for. */
export function configMap(name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
  };
}
