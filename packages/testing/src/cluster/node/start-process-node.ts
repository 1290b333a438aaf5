import { join } from 'node:path';
import type { BackOff } from './container/back-off';
import type { Program } from './container/container-command';
import type { NodeScope } from './container/container-scope';
import { followObjects } from './api/follow-objects';
import type { Pull } from './container/pull-image';
import type { KubeAccess } from './api/kube-api';
import { KubeApi } from './api/kube-api';
import type { Container, Pod } from './pod/pod';
import { podIP } from './pod/pod';
import { PodWorker } from './pod/pod-worker';
import { ProcessGuard } from './container/process-guard';
import { VolumeProvisioner } from './volume-provisioner';
import { EventRecorder } from './record-events';
import { registerNode } from './register-node';
import { serveLogs } from './serve-logs';

/** Options of {@link startProcessNode}. */
export interface ProcessNodeOptions extends KubeAccess {
  /** For what the pods have: volumes stay there after them. */
  readonly folder: string;
  /** Certificate for 127.0.0.1 that the API server trusts (`--kubelet-certificate-authority`), PEM. */
  readonly serving: { readonly cert: string; readonly key: string };
  /** Default `process-node`. */
  readonly name?: string;
  /** What runs for an image without `command`; default: nothing, and the container fails as an image without entry point. */
  readonly program?: (container: Container) => Program | undefined;
  /** What the scheduler may give away; default 8 CPUs, 16 GiB and 200 pods. Nobody is held to it. */
  readonly capacity?: Readonly<Record<string, string>>;
  /** Milliseconds between the tries to start or pull; default 250 to 7,500, a fortieth of the kubelet's. */
  readonly backOff?: BackOff;
}

/** A kubelet for tests: the pods of a real control plane run as processes of this machine. */
export interface ProcessNode {
  readonly name: string;
  /** Folder of a bound claim on this machine. */
  volumeOf(namespace: string, claim: string): string | undefined;
  /** How pulling an image goes from now on. */
  setPull(pull: Pull): void;
  /** `127.0.0.1:port` where a port of a pod's container is reached; undefined: it is not running. */
  addressOf(
    namespace: string,
    pod: string,
    containerPort: number,
  ): string | undefined;
  /** Ends a container as one that runs out of memory: SIGKILL, with reason OOMKilled. */
  runOutOfMemory(namespace: string, pod: string, container: string): void;
  /** Ends all processes of the node. What the API server knows of them stays as it is. */
  stop(): Promise<void>;
}

const defaults = {
  name: 'process-node',
  capacity: {
    cpu: '8',
    memory: '16Gi',
    'ephemeral-storage': '100Gi',
    pods: '200',
  },
  backOff: { first: 250, most: 7_500 },
};

/**
 * Starts a node, and resolves when the scheduler may use it. A process of a container has neither a mount namespace nor an
 * address of its own; what takes their place is told at {@link toCommand}. It also provisions volumes of the class of
 * {@link folderProvisioner}. Security contexts, read-only root file systems, resource limits, host names and Services are not
 * enforced or offered; HTTP probes over TLS and gRPC probes only look whether the port is open.
 */
export async function startProcessNode(
  options: ProcessNodeOptions,
): Promise<ProcessNode> {
  const { name, capacity, backOff } = { ...defaults, ...options };
  const stopping = new AbortController();
  const { signal } = stopping;
  const api = new KubeApi(options, signal);
  const guard = new ProcessGuard();
  const events = new EventRecorder(api, name);
  let pull: Pull = () => undefined;
  const workers = new Map<string, PodWorker>();
  const workerOf = (namespace: string, pod: string) =>
    [...workers.values()]
      .reverse()
      .find(
        ({ pod: { metadata } }) =>
          metadata.name === pod && metadata.namespace === namespace,
      );
  const scope: NodeScope = {
    api,
    apiUrl: options.url,
    guard,
    folder: options.folder,
    backOff,
    pull: image => pull(image),
    program: options.program ?? (() => undefined),
    record: (pod, event) => events.record(pod, event),
  };
  const tls = { ca: options.ca, ...options.serving };
  const logs = await serveLogs(tls, workerOf);
  const volumes = new VolumeProvisioner(
    api,
    { node: name, folder: join(options.folder, 'volumes') },
    signal,
  );
  await volumes.ready();
  const kubeletPort = logs.port;
  await registerNode(api, { name, kubeletPort, capacity }, signal);
  const pods = followObjects<Pod>(
    api,
    { path: '/api/v1/pods', fields: `spec.nodeName=${name}` },
    {
      changed: pod => {
        const { uid } = pod.metadata;
        const worker = workers.get(uid);
        if (worker) worker.update(pod);
        else
          workers.set(
            uid,
            new PodWorker(scope, pod, () => workers.delete(uid)),
          );
      },
      removed: ({ metadata }) => workers.get(metadata.uid)?.remove(),
    },
    signal,
  );
  await pods.listed;
  return {
    name,
    volumeOf: (namespace, claim) => volumes.volumeOf(namespace, claim),
    setPull: next => {
      pull = next;
    },
    addressOf: (namespace, pod, containerPort) => {
      const port = workerOf(namespace, pod)?.localPort(containerPort);
      return port === undefined ? undefined : `${podIP}:${port}`;
    },
    runOutOfMemory: (namespace, pod, container) =>
      workerOf(namespace, pod)?.loopOf(container)?.runOutOfMemory(),
    stop: async () => {
      stopping.abort();
      await Promise.all([...workers.values()].map(worker => worker.kill()));
      await guard.close();
      await logs.close();
      await api.close();
    },
  };
}
