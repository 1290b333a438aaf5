import { setTimeout as wait } from 'node:timers/promises';
import { arch } from 'node:os';
import type { KubeApi } from './api/kube-api';
import { KubeRefusal } from './api/kube-api';
import { podIP } from './pod/pod';
import { toSeconds } from './record-events';

/** A node as the scheduler is to see it. */
export interface NodeToRegister {
  readonly name: string;
  /** Where the API server finds the logs. */
  readonly kubeletPort: number;
  readonly capacity: Readonly<Record<string, string>>;
}

/** Seconds between two signs of life. Source: Kubernetes, "Node heartbeats". */
const leaseSeconds = 10;

/** Makes the node known and ready for pods, and then shows that it lives until the signal aborts. */
export async function registerNode(
  api: KubeApi,
  node: NodeToRegister,
  signal: AbortSignal,
): Promise<void> {
  const { name } = node;
  const path = `/api/v1/nodes/${name}`;
  await createOnce(api, '/api/v1/nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': arch() === 'x64' ? 'amd64' : arch(),
      },
    },
  });
  await api.patch(
    `${path}/status`,
    { status: toStatus(node) },
    'strategic-merge-patch',
  );
  // The admission put `not-ready` there; the controller that takes it away may be off.
  await api.patch(path, { spec: { taints: null } }, 'merge-patch');
  void keepLease(api, name, signal);
}

async function keepLease(
  api: KubeApi,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const leases =
    '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
  const toSpec = () => ({
    holderIdentity: name,
    leaseDurationSeconds: 4 * leaseSeconds,
    renewTime: new Date().toISOString().replace('Z', '000Z'),
  });
  while (!signal.aborted) {
    try {
      await createOnce(api, leases, {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name },
        spec: toSpec(),
      });
      await api.patch(`${leases}/${name}`, { spec: toSpec() }, 'merge-patch');
    } catch {
      // The namespace of the leases comes a moment after the API server.
    }
    await wait(1000 * leaseSeconds, undefined, { signal, ref: false }).catch(
      () => {},
    );
  }
}

async function createOnce(
  api: KubeApi,
  path: string,
  object: object,
): Promise<void> {
  try {
    await api.create(path, object);
  } catch (error) {
    const isThere = error instanceof KubeRefusal && error.status === 409;
    if (!isThere) throw error;
  }
}

function toStatus({ kubeletPort, capacity }: NodeToRegister): object {
  const now = toSeconds(new Date());
  const toCondition = (type: string, status: string, reason: string) => ({
    type,
    status,
    reason,
    message: reason,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  });
  return {
    capacity,
    allocatable: capacity,
    addresses: [{ type: 'InternalIP', address: podIP }],
    daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
    conditions: [
      toCondition('Ready', 'True', 'KubeletReady'),
      toCondition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
      toCondition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
      toCondition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
    ],
  };
}
