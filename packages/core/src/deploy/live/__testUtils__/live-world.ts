import type { KubernetesObject } from '../../../cluster/kubernetes-object';

/** Digests that stand for versions: 64 hex digits of one sort. */
export const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
export const imageOf = (digit: string): string =>
  `ghcr.io/acme/ledger@${digest(digit)}`;

/** The moment from which test times are counted. */
export const start = new Date('2026-11-29T14:00:00Z');
export const after = (seconds: number): Date =>
  new Date(start.getTime() + seconds * 1_000);
const at = (seconds: number) => after(seconds).toISOString();

/** As an API server has it, with what nobody asks for left in. */
export function deployment({
  image = imageOf('a'),
  replicas = 1,
  ready = 0,
  updated = ready,
  all = updated,
  progressing = ['True', 'NewReplicaSetAvailable'],
  managedFields = [],
  name = 'ledger',
}: {
  image?: string;
  replicas?: number;
  ready?: number;
  updated?: number;
  all?: number;
  progressing?: readonly string[];
  managedFields?: readonly object[];
  name?: string;
} = {}): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'ledger-staging',
      uid: `uid-${name}`,
      generation: 3,
      resourceVersion: '4711',
      creationTimestamp: at(-7_200),
      labels: {
        'app.kubernetes.io/name': 'ledger',
        'app.kubernetes.io/part-of': 'ledger',
        'applyset.kubernetes.io/part-of':
          'applyset-U2MBMWn37fKVAIXL8u9aVdc9bt4TOOtPhBDfhnlQUYI-v1',
      },
      annotations: { 'deployment.kubernetes.io/revision': '4' },
      managedFields,
    },
    spec: {
      replicas,
      strategy: { type: 'Recreate' },
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'ledger' } },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'ledger' } },
        spec: {
          restartPolicy: 'Always',
          terminationGracePeriodSeconds: 30,
          containers: [
            {
              name: 'ledger',
              image,
              env: [{ name: 'TIME_ZONE', value: 'Europe/Rome' }],
              readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
              resources: { limits: { memory: '256Mi' } },
            },
          ],
        },
      },
    },
    status: {
      observedGeneration: 3,
      replicas: all,
      updatedReplicas: updated,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions: [
        {
          type: 'Available',
          status: ready > 0 ? 'True' : 'False',
          reason: 'MinimumReplicas',
          lastTransitionTime: at(ready > 0 ? -3_600 : -30),
        },
        {
          type: 'Progressing',
          status: progressing[0],
          reason: progressing[1],
          message: 'ReplicaSet "ledger-7d4c9" is progressing.',
          lastTransitionTime: at(-7_000),
          lastUpdateTime: at(-60),
        },
      ],
    },
  };
}

/** One of a ReplicaSet whose name ends with the hash. */
export function pod({
  image = imageOf('a'),
  hash = '7d4c9',
  created = -60,
  container = {
    ready: true,
    state: { running: { startedAt: at(-50) } },
  },
  phase = 'Running',
  ready = true,
  scheduled = true,
}: {
  image?: string;
  hash?: string;
  created?: number;
  container?: object;
  phase?: string;
  ready?: boolean;
  scheduled?: boolean;
} = {}): KubernetesObject {
  const name = `ledger-${hash}-x2v9k`;
  const placed = scheduled ? { nodeName: 'node-1' } : {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'ledger-staging',
      uid: `uid-${name}`,
      resourceVersion: '4712',
      creationTimestamp: at(created),
      labels: { 'app.kubernetes.io/name': 'ledger', 'pod-template-hash': hash },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `ledger-${hash}`,
          uid: `uid-ledger-${hash}`,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: [{ manager: 'kubelet', fieldsV1: { 'f:status': {} } }],
    },
    spec: {
      ...placed,
      restartPolicy: 'Always',
      serviceAccountName: 'default',
      containers: [
        {
          name: 'ledger',
          image,
          env: [{ name: 'DATABASE_PASSWORD', value: 'hunter2' }],
          readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
          resources: { limits: { memory: '256Mi' } },
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists' },
      ],
    },
    status: {
      phase,
      podIP: '10.0.0.7',
      startTime: at(created),
      conditions: [
        {
          type: 'PodScheduled',
          status: scheduled ? 'True' : 'False',
          lastTransitionTime: at(created),
        },
        {
          type: 'Initialized',
          status: 'True',
          lastTransitionTime: at(created),
        },
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: at(ready ? created + 10 : created),
        },
      ],
      containerStatuses: [
        {
          name: 'ledger',
          image,
          imageID: image,
          containerID: `containerd://${'c'.repeat(64)}`,
          restartCount: 0,
          ready,
          ...container,
        },
      ],
    },
  };
}

/** A pod whose container ended with code 1, and so again. */
export const crashed = (
  restarts: number,
  more: Parameters<typeof pod>[0] = {},
) =>
  pod({
    image: imageOf('b'),
    hash: '9f9f9',
    created: -25,
    ready: false,
    container: {
      ready: false,
      restartCount: restarts,
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: 'back-off 10s restarting failed container=ledger',
        },
      },
      lastState: {
        terminated: {
          exitCode: 1,
          reason: 'Error',
          startedAt: at(-12),
          finishedAt: at(-11),
        },
      },
    },
    ...more,
  });
