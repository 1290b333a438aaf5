import type { Cluster, ObjectChange } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { Clock } from '../../plan/clock';
import type { Timer } from '../../plan/timer';
import { syncErrors } from './sync-errors';
import type { InfraRepository } from '../ports';
import { ChangeQueue, waitForChange } from '../rollout/change-queue';
import { commitsOfArgo, judgeArgo } from './judge-argo';
import { commitsOfFlux, judgeFlux } from './judge-flux';
import { CommitRelations } from './relate-commits';
import type { SyncedLanding } from './relate-commits';
import { describeSync, kindOfSync } from './sync-source';
import type { SyncSource } from './sync-source';
import { waiting } from './sync-verdict';
import type { SyncVerdict } from './sync-verdict';

/** Options of {@link waitForSync}. */
export interface WaitForSyncOptions {
  readonly cluster: Cluster;
  readonly source: SyncSource;
  readonly landing: SyncedLanding;
  /** The repository of overlays, which tells what a commit that the controller names has of ours. */
  readonly infra: Pick<InfraRepository, 'readTree' | 'readHistory'>;
  /** When it is given up. */
  readonly deadline: Date;
  readonly clock: Clock;
  readonly timer: Timer;
  /** One line for each change. */
  readonly log: (line: string) => void;
}

/** How the wait for a controller ended. */
export interface SyncEnd {
  /** `waiting`: the deadline has come, or a person is waited for. */
  readonly kind: 'done' | 'superseded' | 'failed' | 'waiting';
  /** One sentence with the values in it. */
  readonly sentence: string;
  /** The commit that the controller is at; undefined: it is not known to have ours. */
  readonly commit?: string;
  /** Whether it looked at the health of what it brought; false: it was told not to. */
  readonly isHealthKnown: boolean;
}

/** Milliseconds after which a wait that says nothing says that it goes on. */
const heartbeat = 30_000;

/**
 * Follows the object of Argo CD or Flux until it tells how our landing came up, something else is needed, or the deadline
 * has come. Nothing is asked of the controller, and nothing is polled.
 *
 * @throws DojoError DEPLOY_SYNC_UNREADABLE where nobody may read the object or its kind is not there; what the cluster and
 * the repository throw; the signal's reason.
 */
export async function waitForSync(
  options: WaitForSyncOptions,
  signal: AbortSignal,
): Promise<SyncEnd> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const queue = new ChangeQueue<
    ObjectChange | { readonly kind: 'broken'; readonly error: unknown }
  >();
  const stream = follow(options, queue, both);
  try {
    return await run(options, queue, both);
  } finally {
    over.abort();
    await stream;
    signal.throwIfAborted();
  }
}

/** Reads the object once. Throws as {@link waitForSync}. */
export async function readSync(
  {
    cluster,
    source,
    landing,
    infra,
  }: Pick<WaitForSyncOptions, 'cluster' | 'source' | 'landing' | 'infra'>,
  signal: AbortSignal,
): Promise<SyncVerdict> {
  const ref = {
    ...kindOfSync(source),
    name: source.name,
    namespace: source.namespace,
  };
  try {
    const object = await cluster.get(ref, signal);
    const relations = new CommitRelations(infra, landing);
    return await judge(object, { source, landing, relations }, signal);
  } catch (error) {
    throw toReadError(error, source);
  }
}

async function run(
  { source, landing, infra, deadline, clock, timer, log }: WaitForSyncOptions,
  queue: ChangeQueue<
    ObjectChange | { readonly kind: 'broken'; readonly error: unknown }
  >,
  signal: AbortSignal,
): Promise<SyncEnd> {
  const name = describeSync(source);
  const relations = new CommitRelations(infra, landing);
  let object: KubernetesObject | undefined;
  let isRead = false;
  let told = '';
  let failing: { readonly since: number } | undefined;
  let beat = clock.now().getTime() + heartbeat;
  let verdict: SyncVerdict = waiting('has not been read yet');
  for (;;) {
    const changes = queue.drain();
    for (const change of changes) {
      if (change.kind === 'broken') throw toReadError(change.error, source);
      object = objectIn(change, source.name);
      isRead = true;
    }
    if (changes.length > 0) {
      verdict = await judge(object, { source, landing, relations }, signal);
    }
    const at = clock.now().getTime();
    const sentence = `${name} ${verdict.detail}`;
    if (isRead && sentence !== told) log((told = sentence));
    failing = verdict.kind === 'failed' ? failing ?? { since: at } : undefined;
    const end = endOf(verdict, sentence, failing && at - failing.since);
    if (end !== undefined) return end;
    if (at >= deadline.getTime()) {
      return { kind: 'waiting', sentence, isHealthKnown: false };
    }
    if (at >= beat) {
      log(`waits for ${name}, which ${verdict.detail}`);
      beat = at + heartbeat;
    }
    const patience =
      verdict.kind === 'failed' && failing
        ? failing.since + verdict.patience * 1_000
        : Infinity;
    const wake = Math.min(beat, deadline.getTime(), patience);
    await waitForChange(queue, timer, wake - at, signal);
  }
}

function endOf(
  verdict: SyncVerdict,
  sentence: string,
  failingFor: number | undefined,
): SyncEnd | undefined {
  switch (verdict.kind) {
    case 'done': {
      const { kind, commit, isHealthKnown } = verdict;
      return { kind, sentence, commit, isHealthKnown };
    }
    case 'superseded':
      return {
        kind: verdict.kind,
        sentence,
        commit: verdict.commit,
        isHealthKnown: false,
      };
    case 'failed':
      return (failingFor ?? 0) >= verdict.patience * 1_000
        ? { kind: 'failed', sentence, isHealthKnown: true }
        : undefined;
    default:
      return verdict.isHeld
        ? { kind: 'waiting', sentence, isHealthKnown: false }
        : undefined;
  }
}

async function judge(
  object: KubernetesObject | undefined,
  {
    source,
    landing: { folder },
    relations,
  }: {
    readonly source: SyncSource;
    readonly landing: SyncedLanding;
    readonly relations: CommitRelations;
  },
  signal: AbortSignal,
): Promise<SyncVerdict> {
  if (object === undefined) return waiting('is not there');
  const isArgo = source.kind === 'argo';
  const commits = isArgo
    ? commitsOfArgo(object, folder)
    : commitsOfFlux(object);
  await relations.learn(commits, signal);
  const relationOf = (commit: string) => relations.of(commit);
  return isArgo
    ? judgeArgo(object, folder, relationOf)
    : judgeFlux(object, folder, relationOf);
}

function objectIn(
  change: ObjectChange,
  name: string,
): KubernetesObject | undefined {
  switch (change.kind) {
    case 'changed':
      return change.object;
    case 'removed':
      return undefined;
    default:
      return change.objects.find(({ metadata }) => metadata.name === name);
  }
}

async function follow(
  { cluster, source }: WaitForSyncOptions,
  queue: ChangeQueue<
    ObjectChange | { readonly kind: 'broken'; readonly error: unknown }
  >,
  signal: AbortSignal,
): Promise<void> {
  const query = {
    namespace: source.namespace,
    fields: `metadata.name=${source.name}`,
  };
  try {
    for await (const change of cluster.follow(
      kindOfSync(source),
      query,
      signal,
    )) {
      queue.push(change);
    }
    if (!signal.aborted) throw new Error(`no more changes of ${source.name}`);
  } catch (error) {
    if (!signal.aborted) queue.push({ kind: 'broken', error });
  }
}

function toReadError(error: unknown, source: SyncSource): unknown {
  return error instanceof ClusterRefusal &&
    [403, 404].includes(error.refused.status)
    ? syncErrors.unreadable(describeSync(source), error.message, error)
    : error;
}
