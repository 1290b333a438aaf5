import type {
  Cluster,
  ObjectChange,
  ObjectKind,
} from '../../../cluster/cluster';
import type { KubernetesObject } from '../../../cluster/kubernetes-object';
import { ChangeQueue } from '../change-queue';

const never = () => {
  throw new Error('a rollout does not do this');
};

/** A cluster that tells what a test says, and nothing else. */
export class ToldCluster implements Cluster {
  readonly name = 'test';
  readonly apply = never;
  readonly patch = never;
  readonly delete = never;
  readonly followLog = never;
  /** What reading an object answers. */
  get: Cluster['get'] = never;
  /** Kinds that were followed, in their order. */
  readonly followed: string[] = [];
  /** What following a kind throws at once. */
  readonly refusals = new Map<string, Error>();
  /** By `pod/container` and, of the run before, ` previous`. */
  readonly logs = new Map<string, readonly string[]>();
  readonly readLogs: string[] = [];
  classes: readonly KubernetesObject[] = [];
  readonly #streams = new Map<string, ChangeQueue<ObjectChange | Error>>();

  /** Says what there is of a kind; all that is of none is said to be empty before. */
  tell(kind: string, ...changes: readonly (ObjectChange | Error)[]): void {
    for (const change of changes) this.#stream(kind).push(change);
  }

  /** Says that an object is so now. */
  change(...objects: readonly KubernetesObject[]): void {
    for (const object of objects) {
      this.tell(object.kind, { kind: 'changed', object });
    }
  }

  /** Says of each kind what there is at first. */
  start(kinds: readonly string[], objects: readonly KubernetesObject[]): void {
    for (const kind of kinds) {
      this.tell(kind, {
        kind: 'snapshot',
        objects: objects.filter(object => object.kind === kind),
      });
    }
  }

  list: Cluster['list'] = async () => this.classes;

  async *follow(
    { kind }: ObjectKind,
    _query: unknown,
    signal: AbortSignal,
  ): AsyncGenerator<ObjectChange> {
    this.followed.push(kind);
    const refusal = this.refusals.get(kind);
    if (refusal !== undefined) throw refusal;
    const stream = this.#stream(kind);
    const stopped = new Promise<void>(resolve => {
      signal.addEventListener('abort', () => resolve());
    });
    while (!signal.aborted) {
      for (const change of stream.drain()) {
        if (change instanceof Error) throw change;
        yield change;
      }
      await Promise.race([stream.filled(), stopped]);
    }
  }

  async readLog(container: {
    readonly pod: string;
    readonly container: string;
    readonly previous?: boolean;
  }): Promise<readonly string[]> {
    const key = `${container.pod}/${container.container}${
      container.previous ? ' previous' : ''
    }`;
    this.readLogs.push(key);
    return this.logs.get(key) ?? [];
  }

  async dispose(): Promise<void> {
    // There is nothing to close.
  }

  #stream(kind: string): ChangeQueue<ObjectChange | Error> {
    const stream = this.#streams.get(kind) ?? new ChangeQueue();
    this.#streams.set(kind, stream);
    return stream;
  }
}
