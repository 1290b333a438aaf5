import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { computeHealth } from '../health/compute-health';
import { current, inProgress } from '../health/health';
import type { Health } from '../health/health';
import type { HealthContext } from '../health/health-context';
import { countAt, textAt } from '../health/object-fields';
import type { ReadLog } from './container-causes';
import { explainFailure } from './explain-failure';
import { causes } from './failure-cause';
import type { FailureCause } from './failure-cause';
import { settling } from './settling';

/** How one of the applied objects is, and what keeps it from coming up. */
export interface Judgement {
  readonly health: Health;
  readonly causes: readonly FailureCause[];
  /** When it is judged again though nothing changes; absent: it need not be. */
  readonly again?: Date;
}

/** Kinds whose controller tells which generation it has seen. */
const observing = new Set([
  'DaemonSet',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
]);

/**
 * Judges an applied object by what is known now: healthy is only what is current at the generation that was applied, or
 * a later one.
 *
 * @param applied as the API server answered.
 * @param live as it was seen last; undefined: it is not there.
 */
export function judgeObject(
  applied: KubernetesObject,
  live: KubernetesObject | undefined,
  {
    isFollowed,
    context,
    readLog,
  }: {
    /** Whether changes of it are seen; else what the API server has is as it should be. */
    readonly isFollowed: boolean;
    readonly context: HealthContext;
    readonly readLog: ReadLog;
  },
): Judgement {
  if (!isFollowed) {
    const health = computeHealth(applied, context);
    return {
      health:
        health.status === 'Failed' || health.status === 'Current'
          ? health
          : current('Stored', 'the API server has it'),
      causes: [],
    };
  }
  const object = nameOf(applied);
  if (live === undefined) {
    return {
      health: computeHealth(undefined, context),
      causes: [{ ...causes.objectGone(), object, since: undefined }],
    };
  }
  const unseen = unseenHealth(applied, live);
  if (unseen !== undefined) return { health: unseen, causes: [] };
  const health = computeHealth(live, context);
  const settles =
    health.status === 'Current' ? settling(live, context) : undefined;
  if (settles !== undefined) {
    return {
      health: inProgress(
        'ContainersJustStarted',
        'a container without a readiness probe has just started, and may end at once',
      ),
      causes: [],
      ...settles,
    };
  }
  const found =
    health.status === 'Current' ? [] : explainFailure(live, context, readLog);
  found.push(...claimCauses(live, health, context));
  if (health.status === 'Terminating') {
    found.push({ ...causes.objectGone(), object, since: undefined });
  }
  if (health.status === 'Failed' && !isToldByPods(live, found)) {
    const entry = causes.objectFailed(health.message);
    found.unshift({ ...entry, object, since: undefined });
  }
  return { health, causes: found };
}

/** What a Deployment says of itself may be of its former version; the causes are of the present one. */
function isToldByPods(
  { kind }: KubernetesObject,
  found: readonly FailureCause[],
): boolean {
  if (kind === 'Deployment') return true;
  return (kind === 'Pod' || kind === 'ReplicaSet') && found.length > 0;
}

/** As a cause names it: `Deployment/ledger-dev/ledger`. */
export function nameOf({ kind, metadata }: KubernetesObject): string {
  return [kind, metadata.namespace, metadata.name]
    .filter(part => part !== undefined)
    .join('/');
}

/** What is seen may still be what was there before. */
function unseenHealth(
  applied: KubernetesObject,
  live: KubernetesObject,
): Health | undefined {
  const wanted = countAt(applied.metadata, 'generation');
  const isSame = applied.metadata.uid === live.metadata.uid;
  if (wanted === undefined || !isSame) return undefined;
  const now = countAt(live.metadata, 'generation') ?? wanted;
  const observed = countAt(live, 'status', 'observedGeneration');
  const isSeen = observed !== undefined || !observing.has(live.kind);
  return now >= wanted && isSeen
    ? undefined
    : inProgress(
        'LatestGenerationNotObserved',
        `generation ${wanted} was applied, and its controller has not told of it yet`,
      );
}

/** Why a claim has no volume. One that waits for its first consumer is current, and is not asked. */
function claimCauses(
  live: KubernetesObject,
  health: Health,
  context: HealthContext,
): FailureCause[] {
  if (live.kind !== 'PersistentVolumeClaim' || health.status !== 'InProgress') {
    return [];
  }
  const unable = context
    .eventsOf(live)
    .findLast(event =>
      /^(?:ProvisioningFailed|FailedBinding)$/.test(
        textAt(event, 'reason') ?? '',
      ),
    );
  if (unable === undefined) return [];
  return [
    {
      ...causes.volumeNotProvisioned(textAt(unable, 'message') ?? ''),
      object: nameOf(live),
      since: undefined,
    },
  ];
}
