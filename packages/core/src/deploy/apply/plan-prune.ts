import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { objectName } from '../objects/object-name';
import { isList } from '../objects/plain-value';
import { identityOf } from './cluster-state';
import type { ClusterState } from './cluster-state';
import { fieldManager, managedFieldsOf } from './managed-fields';

/** What is never deleted, whoever asks for it: it is data, or belongs to others too. */
const kept = new Set([
  'CustomResourceDefinition',
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'StorageClass',
]);

/** More than this part of a set goes only where somebody says so: an overlay that lost its resources looks like that. */
const maxPruned = 0.3;

/** Which objects of a set go. */
export interface PrunePlan {
  readonly prunes: readonly KubernetesObject[];
  /** In words, which objects of the set stay although the overlay does not have them, and why. */
  readonly stays: readonly string[];
  /** Whether somebody has to confirm that so many go. */
  readonly needsConfirmation: boolean;
  readonly total: number;
}

/** Which of the objects that the overlay made before, and makes no more, are deleted; pure. */
export function planPrune({
  members,
  objects,
}: Pick<ClusterState, 'members' | 'objects'>): PrunePlan {
  const wanted = new Set(objects.map(({ wanted: one }) => identityOf(one)));
  const prunes: KubernetesObject[] = [];
  const stays: string[] = [];
  const left = members.filter(one => !wanted.has(identityOf(one)));
  for (const member of left) {
    const reason = reasonToStay(member);
    if (reason === undefined) prunes.push(member);
    else stays.push(`${objectName(member)} stays: ${reason}`);
  }
  return {
    prunes,
    stays,
    needsConfirmation: prunes.length > maxPruned * members.length,
    total: members.length,
  };
}

function reasonToStay(member: KubernetesObject): string | undefined {
  const { kind, metadata } = member;
  if (kept.has(kind)) return `a ${kind} is never deleted`;
  if (metadata.deletionTimestamp !== undefined) {
    return 'it is being deleted already';
  }
  if (isList(metadata.ownerReferences) && metadata.ownerReferences.length > 0) {
    return 'another object owns it';
  }
  const other = managedFieldsOf(member).find(
    ({ manager, operation }) =>
      operation === 'Apply' && manager !== fieldManager,
  );
  return other && `"${other.manager}" applies it too`;
}
