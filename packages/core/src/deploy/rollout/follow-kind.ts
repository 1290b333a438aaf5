import type { Cluster, ObjectChange } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { ChangeQueue } from './change-queue';
import type { FollowedKind } from './followed-kinds';

/** What a rollout hears. */
export type Note =
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

/** Tells of all changes of a kind in a namespace until the signal aborts; what nobody may read is told as refused. */
export async function follow(
  of: FollowedKind,
  {
    cluster,
    namespace,
  }: { readonly cluster: Cluster; readonly namespace: string },
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
export function isForbidden(error: unknown): error is ClusterRefusal {
  return (
    error instanceof ClusterRefusal && [403, 404].includes(error.refused.status)
  );
}
