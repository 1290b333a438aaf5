import type { ObjectHealth } from 'backstage-plugin-dojo-common';
import type { Cluster } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { Clock } from '../../plan/clock';
import type { Timer } from '../../plan/timer';
import { ChangeQueue, waitForChange } from './change-queue';
import { CrashLogs } from './crash-logs';
import type { FailureCause } from './failure-cause';
import { follow, isForbidden } from './follow-kind';
import type { Note } from './follow-kind';
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

/**
 * Milliseconds in which a Deployment may come up before anybody asks why it does not: what comes up at once costs one watch,
 * and a cause is still told within a second of when it was there.
 */
const lateAfter = 600;

/** Milliseconds between two judgements: of what changes many times at once the last state tells enough. */
const pause = 20;

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

class Watch {
  readonly #objects: RolloutObjects;
  readonly #applied: ReadonlyMap<string, KubernetesObject>;
  readonly #state: RolloutState;
  readonly #log: RolloutLog;
  readonly #logs: CrashLogs;
  /** Kinds of which nothing has been seen yet. */
  readonly #awaited: Set<string>;
  readonly #unread = new Set<string>();
  /** Kinds that tell why, and are not followed yet; none once they are. */
  #late: readonly FollowedKind[];
  /** Applied objects that are to be judged. */
  #touched: Set<string>;

  constructor(
    private readonly options: WatchRolloutOptions,
    kinds: readonly FollowedKind[],
    classes: readonly KubernetesObject[],
    private readonly open: (kind: FollowedKind) => void,
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
    this.#awaited = new Set();
    this.#late = kinds.filter(({ isLate }) => isLate);
    this.#follow(kinds.filter(({ isLate }) => !isLate));
    this.#touched = new Set(this.#applied.keys());
  }

  async run(): Promise<RolloutEnd> {
    const { clock, deadline } = this.options;
    let judged = -Infinity;
    const began = clock.now().getTime();
    let beat = began + heartbeat;
    for (;;) {
      for (const note of this.queue.drain()) this.#take(note);
      const now = clock.now();
      const at = now.getTime();
      if (at >= deadline.getTime()) return this.#end('deadline', now);
      if (at >= began + lateAfter) this.#askWhy();
      let wake = Math.min(beat, deadline.getTime());
      if (this.#late.length > 0) wake = Math.min(wake, began + lateAfter);
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

  #follow(kinds: readonly FollowedKind[]): void {
    for (const of of kinds) {
      this.#awaited.add(of.kind);
      this.open(of);
    }
  }

  /** From here on it is told why something does not come up. */
  #askWhy(): void {
    if (this.#late.length === 0) return;
    this.#follow(this.#late);
    this.#late = [];
    this.#touchPending();
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
      const judgement = this.#soFar(
        judgeObject(applied, this.#objects.get(key), {
          isFollowed: isAwaited(applied) && !this.#unread.has(applied.kind),
          context,
          readLog: this.#logs.linesOf,
        }),
      );
      if (judgement === undefined) return;
      this.#state.judged(key, judgement, now);
      this.#log.judged(nameOf(applied), judgement);
    }
    this.#touched = new Set();
  }

  /** Without what tells why, what has failed may be the former version: that is asked for, and it is judged then. */
  #soFar(judgement: Judgement): Judgement | undefined {
    const { status } = judgement.health;
    if (this.#late.length === 0) return this.#withLogs(judgement);
    const isFine = status === 'Current' || status === 'InProgress';
    if (isFine && judgement.causes.length === 0) return judgement;
    this.#askWhy();
    return undefined;
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
  const streams: Promise<void>[] = [];
  const open = (of: FollowedKind) => {
    streams.push(follow(of, options, queue, both));
  };
  try {
    return await new Watch(options, kinds, classes, open, queue, both).run();
  } finally {
    over.abort();
    await Promise.all(streams);
    signal.throwIfAborted();
  }
}
