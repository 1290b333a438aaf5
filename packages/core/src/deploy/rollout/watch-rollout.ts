import type { ObjectHealth } from 'backstage-plugin-dojo-common';
import type { Cluster, ObjectChange } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { Clock } from '../../plan/clock';
import type { Timer } from '../../plan/timer';
import { ChangeQueue, waitForChange } from './change-queue';
import { CrashLogs } from './crash-logs';
import type { FailureCause } from './failure-cause';
import { followedKinds, isAwaited } from './followed-kinds';
import type { FollowedKind } from './followed-kinds';
import { judgeObject, nameOf } from './judge-object';
import type { Judgement } from './judge-object';
import { heartbeat, RolloutLog } from './rollout-log';
import { keyOf, RolloutObjects } from './rollout-objects';
import { RolloutState } from './rollout-state';

/** Options of {@link watchRollout}. */
export interface WatchRolloutOptions {
  readonly cluster: Cluster;
  readonly namespace: string;
  /** As the API server answered when they were applied: with uid and generation. */
  readonly objects: readonly KubernetesObject[];
  /** When it is given up. */
  readonly deadline: Date;
  readonly clock: Clock;
  readonly timer: Timer;
  /** One line for each change. */
  readonly log: (line: string) => void;
}

/** How a rollout ended. */
export interface RolloutEnd {
  /** `deadline`: it may still come up; the causes are those known so far. */
  readonly kind: 'healthy' | 'failed' | 'deadline';
  /** The gravest first; none of one that is healthy. */
  readonly causes: readonly FailureCause[];
  /** The applied objects in their order. */
  readonly objects: readonly ObjectHealth[];
}

/** Milliseconds between two judgements: of what changes many times at once the last state tells enough. */
const pause = 20;

type Note =
  | {
      readonly kind: 'change';
      readonly of: FollowedKind;
      readonly change: ObjectChange;
    }
  | {
      readonly kind: 'refused';
      readonly of: FollowedKind;
      readonly error: ClusterRefusal;
    }
  | { readonly kind: 'broken'; readonly error: unknown }
  | { readonly kind: 'log-read'; readonly pod: KubernetesObject };

/** They tell of a claim whether it waits for its first pod; where they are not readable, its events do. */
async function readClasses(
  { cluster, objects }: WatchRolloutOptions,
  signal: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  const isOpenClaim = (object: KubernetesObject) =>
    object.kind === 'PersistentVolumeClaim' && isAwaited(object);
  if (!objects.some(isOpenClaim)) return [];
  const kind = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' };
  try {
    return await cluster.list(kind, {}, signal);
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}

async function follow(
  of: FollowedKind,
  { cluster, namespace }: WatchRolloutOptions,
  queue: ChangeQueue<Note>,
  signal: AbortSignal,
): Promise<void> {
  try {
    const kind = { apiVersion: of.apiVersion, kind: of.kind };
    for await (const change of cluster.follow(kind, { namespace }, signal)) {
      queue.push({ kind: 'change', of, change });
    }
    if (!signal.aborted) throw new Error(`no more changes of ${of.kind}`);
  } catch (error) {
    if (signal.aborted) return;
    queue.push(
      of.isOptional && isForbidden(error)
        ? { kind: 'refused', of, error }
        : { kind: 'broken', error },
    );
  }
}

/** Nobody may read it, or the cluster does not know the kind. */
function isForbidden(error: unknown): error is ClusterRefusal {
  return (
    error instanceof ClusterRefusal && [403, 404].includes(error.refused.status)
  );
}

class Watch {
  readonly #objects: RolloutObjects;
  readonly #applied: ReadonlyMap<string, KubernetesObject>;
  readonly #state: RolloutState;
  readonly #log: RolloutLog;
  readonly #logs: CrashLogs;
  /** Kinds of which nothing has been seen yet. */
  readonly #awaited: Set<string>;
  readonly #unread = new Set<string>();
  /** Applied objects that are to be judged. */
  #touched: Set<string>;

  constructor(
    private readonly options: WatchRolloutOptions,
    kinds: readonly FollowedKind[],
    classes: readonly KubernetesObject[],
    private readonly queue: ChangeQueue<Note>,
    private readonly signal: AbortSignal,
  ) {
    this.#objects = new RolloutObjects(classes);
    this.#applied = new Map(
      options.objects.map(object => [keyOf(object), object]),
    );
    this.#state = new RolloutState(this.#applied);
    this.#log = new RolloutLog(options.log);
    this.#logs = new CrashLogs(
      options,
      pod => queue.push({ kind: 'log-read', pod }),
      signal,
    );
    this.#awaited = new Set(kinds.map(({ kind }) => kind));
    this.#touched = new Set(this.#applied.keys());
  }

  async run(): Promise<RolloutEnd> {
    const { clock, deadline } = this.options;
    let judged = -Infinity;
    let beat = clock.now().getTime() + heartbeat;
    for (;;) {
      for (const note of this.queue.drain()) this.#take(note);
      const now = clock.now();
      const at = now.getTime();
      if (at >= deadline.getTime()) return this.#end('deadline', now);
      let wake = Math.min(beat, deadline.getTime());
      const isQuiet = at >= judged + pause;
      if (this.#awaited.size === 0 && isQuiet) {
        if (at >= beat || this.#state.isDue(now)) this.#touchPending();
        judged = at;
        this.#judge(now);
        const verdict = this.#state.verdict(now);
        if (verdict.kind !== 'goes-on') return this.#end(verdict.kind, now);
        wake = Math.min(wake, verdict.wake ?? Infinity);
      }
      if (at >= beat) {
        this.#beat(at);
        beat = at + heartbeat;
        wake = Math.min(wake, beat);
      }
      const { timer } = this.options;
      await (isQuiet
        ? waitForChange(this.queue, timer, wake - at, this.signal)
        : timer.wait(judged + pause - at, this.signal));
    }
  }

  #take(note: Note): void {
    switch (note.kind) {
      case 'change':
        this.#touch(this.#objects.apply(note.of.kind, note.change));
        this.#awaited.delete(note.of.kind);
        break;
      case 'refused':
        this.options.log(
          `changes of ${note.of.kind} cannot be read, so that less is told: ${note.error.message}`,
        );
        this.#unread.add(note.of.kind);
        this.#awaited.delete(note.of.kind);
        this.#touchPending();
        break;
      case 'log-read':
        this.#touch(
          this.#objects.apply(note.pod.kind, {
            kind: 'changed',
            object: this.#objects.get(keyOf(note.pod)) ?? note.pod,
          }),
        );
        break;
      default:
        throw note.error;
    }
  }

  #touch(keys: ReadonlySet<string>): void {
    for (const key of keys) if (this.#applied.has(key)) this.#touched.add(key);
  }

  #touchPending(): void {
    for (const key of this.#state.pending) this.#touched.add(key);
  }

  #judge(now: Date): void {
    const context = this.#objects.context(now);
    for (const key of this.#touched) {
      const applied = this.#applied.get(key)!;
      const judgement = this.#withLogs(
        judgeObject(applied, this.#objects.get(key), {
          isFollowed: isAwaited(applied) && !this.#unread.has(applied.kind),
          context,
          readLog: this.#logs.linesOf,
        }),
      );
      this.#state.judged(key, judgement, now);
      this.#log.judged(nameOf(applied), judgement);
    }
    this.#touched = new Set();
  }

  /** A cause is told with its log, which is read first. */
  #withLogs(judgement: Judgement): Judgement {
    const causes = judgement.causes.filter(({ object }) => {
      const pod = object.startsWith('Pod/') && this.#objects.get(object);
      return !pod || !this.#logs.isMissing(pod);
    });
    return { ...judgement, causes };
  }

  #beat(at: number): void {
    const left = this.options.deadline.getTime() - at;
    this.#log.waits(this.#state.describe(), this.#applied.size, left);
  }

  #end(kind: RolloutEnd['kind'], now: Date): RolloutEnd {
    const objects = this.#state.healths(now);
    if (kind === 'healthy') return { kind, causes: [], objects };
    const known = this.#state.causes(now);
    const causes = known.length === 0 ? [this.#state.late()] : known;
    if (kind === 'failed') this.#log.ended(causes[0]);
    return { kind, causes, objects };
  }
}

/**
 * Follows applied objects, and what they bring forth, until all are healthy, something keeps them from it for good, or the
 * deadline has come. Nothing is polled: each change is judged as it comes, and again when the patience with something
 * runs out. What is not allowed to be read beside them is left out, which a line says.
 *
 * @throws what the cluster throws where it stays away; the signal's reason.
 */
export async function watchRollout(
  options: WatchRolloutOptions,
  signal: AbortSignal,
): Promise<RolloutEnd> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const queue = new ChangeQueue<Note>();
  const kinds = followedKinds(options.objects);
  const classes = await readClasses(options, signal);
  const streams = kinds.map(of => follow(of, options, queue, both));
  try {
    return await new Watch(options, kinds, classes, queue, both).run();
  } finally {
    over.abort();
    await Promise.all(streams);
    signal.throwIfAborted();
  }
}
