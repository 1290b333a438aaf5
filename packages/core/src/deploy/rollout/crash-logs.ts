import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { Cluster } from '../../cluster/cluster';
import type { Timer } from '../../plan/timer';
import { mapsAt, textAt, valueAt } from '../health/object-fields';
import type { ReadLog } from './container-causes';

/** Lines of a log that are read from its end. */
const maxLines = 20;
/** Logs that one rollout reads: of pods of one version the first tell enough. */
const maxLogs = 20;
/** Milliseconds for which a cause waits for its log. */
const maxWait = 3_000;

/** Of one run of a container that has ended. */
interface EndedRun {
  readonly id: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
}

/** Reads what containers wrote before they ended, each run once. */
export class CrashLogs {
  readonly #read = new Map<string, readonly string[] | undefined>();
  readonly #cluster: Cluster;
  readonly #timer: Timer;
  readonly #signal: AbortSignal;
  readonly #onRead: (about: KubernetesObject) => void;

  /** @param onRead called once a log is there that was missing, or nobody waits for it any more. */
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

  /** The lines where they were read; else none, and they are on the way. */
  readonly linesOf: ReadLog = (pod, container) => {
    const run = endedRun(pod, container);
    if (run === undefined) return [];
    if (!this.#read.has(run.id) && this.#read.size < maxLogs) {
      this.#read.set(run.id, undefined);
      void this.#start(run, pod);
    }
    return this.#read.get(run.id) ?? [];
  };

  /** Whether the log of a container of the pod is on the way. */
  isMissing(pod: KubernetesObject): boolean {
    return [...statusesOf(pod)].some(status => {
      const run = endedRun(pod, textAt(status, 'name') ?? '');
      return (
        run !== undefined &&
        this.#read.has(run.id) &&
        this.#read.get(run.id) === undefined
      );
    });
  }

  async #start(run: EndedRun, pod: KubernetesObject): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([this.#signal, over.signal]);
    const tooLate = this.#timer.wait(maxWait, signal).then(
      () => [],
      () => [],
    );
    const lines = await Promise.race([this.#lines(run, signal), tooLate]);
    over.abort();
    this.#read.set(run.id, lines);
    if (!this.#signal.aborted) this.#onRead(pod);
  }

  /** Without the log the cause is told all the same. */
  async #lines(run: EndedRun, signal: AbortSignal): Promise<readonly string[]> {
    try {
      return await this.#cluster.readLog(run, maxLines, signal);
    } catch {
      return [];
    }
  }
}

function statusesOf(pod: KubernetesObject) {
  return [
    ...mapsAt(pod, 'status', 'initContainerStatuses'),
    ...mapsAt(pod, 'status', 'containerStatuses'),
  ];
}

/** The last run that has ended; one that runs again since has its log as the previous one. */
function endedRun(
  pod: KubernetesObject,
  container: string,
): EndedRun | undefined {
  const status = statusesOf(pod).find(({ name }) => name === container);
  const now = valueAt(status, 'state', 'terminated');
  const before = valueAt(status, 'lastState', 'terminated');
  const ended = now ?? before;
  const { name, namespace = '', uid } = pod.metadata;
  if (ended === undefined) return undefined;
  const run = textAt(ended, 'containerID') ?? textAt(ended, 'finishedAt');
  return {
    id: JSON.stringify([uid ?? name, container, run]),
    namespace,
    pod: name,
    container,
    previous: now === undefined,
  };
}
