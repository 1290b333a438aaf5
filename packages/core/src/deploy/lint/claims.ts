import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { fieldsAt, toFields, toList } from './workloads';
import type { Workload } from './workloads';

/** The claims among objects. */
export function claimsOf(
  objects: readonly KubernetesObject[],
): KubernetesObject[] {
  return objects.filter(({ kind }) => kind === 'PersistentVolumeClaim');
}

/** A volume of a pod that is a claim, and where it stands. */
export interface MountedClaim {
  readonly claim: string;
  readonly isReadOnly: boolean;
  readonly path: readonly (string | number)[];
}

/** The claims that a workload's pods mount, those of a StatefulSet's own templates left out. */
export function mountedClaims({ pod, podPath }: Workload): MountedClaim[] {
  return toList(pod.volumes).flatMap((volume, index) => {
    const { claimName, readOnly } = fieldsAt(volume, ['persistentVolumeClaim']);
    return typeof claimName === 'string'
      ? [
          {
            claim: claimName,
            isReadOnly: readOnly === true,
            path: [...podPath, 'volumes', index],
          },
        ]
      : [];
  });
}

/** Whether a workload writes to a claim that all its pods share: two at a time would both write it. */
export function isWriter(workload: Workload): boolean {
  return mountedClaims(workload).some(({ isReadOnly }) => !isReadOnly);
}

/** Names of the claims that the first pod of a StatefulSet makes of its templates. */
export function templateClaims({ object, spec }: Workload): string[] {
  return toList(spec.volumeClaimTemplates).map(item => {
    const { name } = toFields(toFields(item).metadata);
    return `${String(name)}-${object.metadata.name}`;
  });
}
