import type { Cluster } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { Timer } from '../../plan/timer';
import { countAt, mapsAt, textAt, valueAt } from '../health/object-fields';
import { endedStatus } from './live-cause';
import { crashLogLines } from './log-lines';

/** What beside its status tells of a pod. */
interface Details {
  /** Restarts of the pod when it was read. */
  readonly restarts: number;
  readonly events: readonly KubernetesObject[];
  readonly container?: string;
  readonly log: readonly string[];
}

/** Pods that are asked about at the same time. */
const lanes = 4;
/** Milliseconds for which a cause waits for its log. */
const maxWait = 5_000;
const maxEvents = 50;

/**
 * Events and log of pods that fail: two calls for each restart of each, and none for a pod that is well. What may not be
 * read is left out, since the cause is told all the same.
 */
export class PodDetailsReader {
  readonly #cluster: Cluster;
  readonly #timer: Timer;
  readonly #signal: AbortSignal;
  readonly #onRead: (pod: KubernetesObject) => void;
  readonly #details = new Map<string, Details>();
  readonly #asked = new Map<string, number>();
  readonly #waiting: KubernetesObject[] = [];
  #running = 0;

  /** @param onRead called once something new is known of a pod. */
  constructor(
    ports: { readonly cluster: Cluster; readonly timer: Timer },
    onRead: (pod: KubernetesObject) => void,
    signal: AbortSignal,
  ) {
    this.#cluster = ports.cluster;
    this.#timer = ports.timer;
    this.#onRead = onRead;
    this.#signal = signal;
  }

  /** Reads what is new of a pod, unless it was read. */
  ask(pod: KubernetesObject): void {
    const restarts = restartsOf(pod);
    if (this.#asked.get(uidOf(pod)) === restarts) return;
    this.#asked.set(uidOf(pod), restarts);
    this.#waiting.push(pod);
    this.#start();
  }

  /** The pod is gone, or well. */
  forget(pod: KubernetesObject): void {
    this.#details.delete(uidOf(pod));
    this.#asked.delete(uidOf(pod));
  }

  readonly eventsOf = (
    pods: readonly KubernetesObject[],
  ): readonly KubernetesObject[] =>
    pods.flatMap(pod => this.#details.get(uidOf(pod))?.events ?? []);

  readonly readLog = (
    pod: KubernetesObject,
    container: string,
  ): readonly string[] => {
    const details = this.#details.get(uidOf(pod));
    return details?.container === container ? details.log : [];
  };

  /** Whether what is known of a pod is older than its last end. */
  isBehind(pod: KubernetesObject): boolean {
    const asked = this.#asked.get(uidOf(pod));
    return (
      asked !== undefined && this.#details.get(uidOf(pod))?.restarts !== asked
    );
  }

  #start(): void {
    while (this.#running < lanes) {
      const pod = this.#waiting.shift();
      if (pod === undefined) return;
      this.#running += 1;
      void this.#read(pod).finally(() => {
        this.#running -= 1;
        if (this.#signal.aborted) return;
        this.#onRead(pod);
        this.#start();
      });
    }
  }

  async #read(pod: KubernetesObject): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([this.#signal, over.signal]);
    const tooLate = this.#timer.wait(maxWait, signal).then(
      () => undefined,
      () => undefined,
    );
    const container = textAt(endedStatus(pod), 'name');
    const [events = [], log = []] = await Promise.all(
      [this.#events(pod, signal), this.#log(pod, signal)].map(reading =>
        // One that may not be read, or comes too late.
        Promise.race([reading, tooLate]).catch(() => undefined),
      ),
    );
    over.abort();
    // It may have been forgotten meanwhile.
    if (!this.#asked.has(uidOf(pod))) return;
    this.#details.set(uidOf(pod), {
      restarts: restartsOf(pod),
      events: events as readonly KubernetesObject[],
      ...(container !== undefined && { container }),
      log: log as readonly string[],
    });
  }

  async #events(
    pod: KubernetesObject,
    signal: AbortSignal,
  ): Promise<readonly KubernetesObject[]> {
    const { namespace } = pod.metadata;
    const found = await this.#cluster.list(
      { apiVersion: 'v1', kind: 'Event' },
      {
        ...(namespace !== undefined && { namespace }),
        fields: `involvedObject.uid=${uidOf(pod)}`,
      },
      signal,
    );
    return found.slice(-maxEvents);
  }

  async #log(
    pod: KubernetesObject,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const status = endedStatus(pod);
    const container = textAt(status, 'name');
    const { name, namespace } = pod.metadata;
    if (container === undefined || namespace === undefined) return [];
    const previous = valueAt(status, 'state', 'terminated') === undefined;
    return this.#cluster.readLog(
      { namespace, pod: name, container, previous },
      crashLogLines,
      signal,
    );
  }
}

function uidOf({ metadata }: KubernetesObject): string {
  return textAt(metadata, 'uid') ?? metadata.name;
}

/** Of all containers together. */
function restartsOf(pod: KubernetesObject): number {
  return ['initContainerStatuses', 'containerStatuses']
    .flatMap(sort => mapsAt(pod, 'status', sort))
    .reduce((sum, status) => sum + (countAt(status, 'restartCount') ?? 0), 0);
}
