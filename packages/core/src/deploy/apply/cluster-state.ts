import type { ObjectKind } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { ApplySet, SetRecord } from './apply-set';

/** An object of the overlay, and what the cluster says of it. */
export interface ObservedObject {
  /** As it is applied. */
  readonly wanted: KubernetesObject;
  /** Absent: there is none. */
  readonly live?: KubernetesObject;
  /** What the API server would make of it: its answer to the dry run, with `managedFields`. */
  readonly expected: KubernetesObject;
}

/** What a plan of mode apply is made from: plain JSON, read from the cluster at one moment. */
export interface ClusterState {
  /** As the configuration calls the cluster, or its host. */
  readonly name: string;
  readonly set: ApplySet;
  /** Absent: there is none, or it was not needed. */
  readonly record?: SetRecord;
  /** In the order in which they are applied; empty where a finding forbids it anyway. */
  readonly objects: readonly ObservedObject[];
  /** Objects that live with the label of the set; where nothing is pruned, of the overlay's kinds alone. */
  readonly members: readonly KubernetesObject[];
  /** Whether a workload that lives is not (yet) as it was asked for: a run that was killed leaves a rollout nobody watches. */
  readonly isRolling: boolean;
}

/** Names an object by group, kind and name: of one that is read in another version it is the same. */
export function identityOf({
  apiVersion,
  kind,
  metadata,
}: KubernetesObject): string {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  return JSON.stringify([group, kind, metadata.name]);
}

/** The reference by which a cluster is asked for an object. */
export function refOf(
  object: KubernetesObject,
  { namespace }: ApplySet,
): ObjectKind & { readonly name: string; readonly namespace: string } {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, name: metadata.name, namespace };
}
