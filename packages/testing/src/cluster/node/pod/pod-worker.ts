import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ContainerLoop } from '../container/container-loop';
import type {
  ContainerPolicy,
  NodeScope,
  PodScope,
} from '../container/container-scope';
import { toSeconds } from '../record-events';
import { mountVolumes } from './mount-volumes';
import type { Container, Pod } from './pod';
import { isSidecar, toPodStatus } from './pod-status';
import type { PodEnd } from './pod-status';
import { StatusPublisher } from './publish-status';

/** The container that this annotation of a pod names is ended as one that runs out of memory, each time it runs. */
export const oomAnnotation = 'dojo.test/oom';

/** Runs one pod, from its binding to this node until it is gone. */
export class PodWorker {
  private latest: Pod;
  private readonly startTime = toSeconds(new Date());
  private readonly init: readonly ContainerLoop[];
  private readonly main: readonly ContainerLoop[];
  private readonly volumes = new Map<string, string>();
  private readonly folder: string;
  private readonly stopping = new AbortController();
  private readonly publisher: StatusPublisher;
  private readonly isOld: boolean;
  private isInitialized = false;
  private hasSandbox = false;
  private ended?: PodEnd;
  private readonly running: Promise<void>;
  private termination?: Promise<void>;

  constructor(
    private readonly node: NodeScope,
    pod: Pod,
    /** Told when the API server no longer knows it, and nothing of it is left. */
    private readonly gone: () => void,
  ) {
    this.latest = pod;
    const { initContainers = [], containers } = pod.spec;
    this.folder = join(node.folder, 'pods', pod.metadata.uid);
    this.publisher = new StatusPublisher(
      node.api,
      () => ({ pod: this.latest, status: this.readStatus() }),
      written => this.update(written),
    );
    const { folder, volumes } = this;
    const changed = () => this.change();
    const scope: PodScope = { node, pod, folder, volumes, changed };
    const policy = (pod.spec.restartPolicy ?? 'Always') as ContainerPolicy;
    const waiting =
      initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating';
    this.init = initContainers.map(
      each => new ContainerLoop(scope, each, initPolicy(each, policy), waiting),
    );
    this.main = containers.map(
      each => new ContainerLoop(scope, each, policy, waiting),
    );
    // It ended under a node of the same name that is no more.
    this.isOld = ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '');
    const isToRun = !this.isOld && !pod.metadata.deletionTimestamp;
    this.running = isToRun ? this.run() : Promise.resolve();
    this.update(pod);
  }

  get pod(): Pod {
    return this.latest;
  }

  loopOf(container: string): ContainerLoop | undefined {
    return [...this.init, ...this.main].find(
      each => each.container.name === container,
    );
  }

  /** The local port of a container's port, while it runs. */
  localPort(containerPort: number): number | undefined {
    return [...this.main, ...this.init]
      .map(each => each.localPort(containerPort))
      .find(port => port !== undefined);
  }

  /** The API server told anew. */
  update(pod: Pod): void {
    const version = ({ metadata }: Pod) => Number(metadata.resourceVersion);
    if (version(pod) >= version(this.latest)) this.latest = pod;
    const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    if (deletionTimestamp)
      this.terminate(deletionGracePeriodSeconds ?? this.grace, true);
    this.obeyAnnotation();
  }

  /** The API server no longer knows it. */
  remove(): void {
    this.terminate(0, false);
    void this.termination?.then(this.gone);
  }

  /** Ends all its processes at once; tells nobody. */
  async kill(): Promise<void> {
    this.stopping.abort();
    await this.stopAll(0);
    await this.running;
  }

  /** Seconds. */
  private get grace(): number {
    return this.latest.spec.terminationGracePeriodSeconds ?? 30;
  }

  private async run(): Promise<void> {
    try {
      await this.runToEnd();
    } catch (error) {
      if (!this.stopping.signal.aborted)
        process.emitWarning(`Pod ${this.latest.metadata.name}: ${error}`);
    }
  }

  private async runToEnd(): Promise<void> {
    const { signal } = this.stopping;
    this.change();
    const folders = await mountVolumes(
      this.node,
      this.latest,
      this.folder,
      signal,
    );
    for (const [name, folder] of folders) this.volumes.set(name, folder);
    this.hasSandbox = true;
    const deadline = this.watchDeadline();
    if (await this.initialize()) {
      this.isInitialized = true;
      this.change();
      await Promise.all(this.main.map(each => each.run()));
    } else this.ended ??= {};
    deadline.abort();
    await this.stopSidecars();
    this.change();
  }

  /** @returns false: an init container failed, and the pod with it. */
  private async initialize(): Promise<boolean> {
    const { signal } = this.stopping;
    for (const loop of this.init) {
      if (isSidecar(loop.container)) {
        void loop.run();
        while (!loop.status.started) await wait(20, undefined, { signal });
      } else {
        const end = await loop.run();
        signal.throwIfAborted();
        if (end?.exitCode !== 0) return false;
      }
    }
    return true;
  }

  private watchDeadline(): AbortController {
    const over = new AbortController();
    const seconds = this.latest.spec.activeDeadlineSeconds;
    if (seconds === undefined) return over;
    const signal = AbortSignal.any([over.signal, this.stopping.signal]);
    const message =
      'Pod was active on the node longer than the specified deadline';
    wait(1000 * seconds, undefined, { signal, ref: false }).then(
      () => {
        this.ended = { reason: 'DeadlineExceeded', message };
        return this.stopAll(1000 * this.grace);
      },
      () => {},
    );
    return over;
  }

  private terminate(graceSeconds: number, isKnown: boolean): void {
    if (!this.termination) {
      this.termination = this.endAll(graceSeconds, isKnown);
      return;
    }
    // A force deletion comes after a patient one.
    if (graceSeconds === 0) void this.stopAll(0);
  }

  private async endAll(graceSeconds: number, isKnown: boolean): Promise<void> {
    this.stopping.abort();
    // The kubelet never gives less.
    await this.stopAll(1000 * Math.max(1, graceSeconds));
    await this.running;
    if (isKnown) await this.confirmDeletion().catch(() => {});
    await rm(this.folder, { recursive: true, force: true });
  }

  private async confirmDeletion(): Promise<void> {
    this.ended ??= {};
    if (!this.isOld) this.change();
    await this.publisher.settled();
    const { namespace, name, uid } = this.latest.metadata;
    await this.node.api.remove(`/api/v1/namespaces/${namespace}/pods/${name}`, {
      gracePeriodSeconds: 0,
      preconditions: { uid },
    });
  }

  private async stopAll(grace: number): Promise<void> {
    await Promise.all(this.main.map(each => each.stop(grace)));
    await Promise.all(this.init.map(each => each.stop(grace)));
  }

  private async stopSidecars(): Promise<void> {
    const sidecars = this.init.filter(each => isSidecar(each.container));
    for (const each of sidecars.reverse()) await each.stop(1000 * this.grace);
  }

  private obeyAnnotation(): void {
    const name = this.latest.metadata.annotations?.[oomAnnotation];
    if (name) this.loopOf(name)?.runOutOfMemory();
  }

  private change(): void {
    this.obeyAnnotation();
    this.publisher.change();
  }

  private readStatus(): object {
    const { latest, isInitialized, hasSandbox, ended } = this;
    return toPodStatus({
      pod: latest,
      startTime: latest.status?.startTime ?? this.startTime,
      init: this.init.map(each => each.status),
      main: this.main.map(each => each.status),
      isInitialized,
      hasSandbox,
      ended,
      now: toSeconds(new Date()),
    });
  }
}

function initPolicy(
  container: Container,
  policy: ContainerPolicy,
): ContainerPolicy {
  if (isSidecar(container)) return 'Always';
  return policy === 'Never' ? 'Never' : 'OnFailure';
}
