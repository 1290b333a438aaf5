import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { mapsAt, textAt, valueAt } from '../health/object-fields';
import { templateKey, wantedReplicas } from './live-objects';

const revision = 'deployment.kubernetes.io/revision';

/**
 * The ReplicaSets of a Deployment, as far as its pods tell of them. They are not watched: what of them matters is which pods
 * belong to the present template, and that is read from the pods, the newest of those that look like it.
 */
export function replicaSetsOf(
  deployment: KubernetesObject,
  pods: readonly KubernetesObject[],
): readonly KubernetesObject[] {
  const wanted = templateKey(valueAt(deployment, 'spec', 'template'));
  const sets = new Map<string, KubernetesObject[]>();
  for (const pod of pods) {
    const uid = textAt(ownerOf(pod), 'uid');
    if (uid !== undefined) sets.set(uid, [...(sets.get(uid) ?? []), pod]);
  }
  const newest = [...sets]
    .filter(([, members]) => members.some(pod => templateKey(pod) === wanted))
    .map(([uid, members]) => ({
      uid,
      at: members.map(createdAt).sort().at(-1)!,
    }))
    .sort((one, other) => (one.at < other.at ? -1 : 1))
    .at(-1)?.uid;
  return [...sets].map(([uid, members]) => {
    const isNewest = uid === newest;
    const { name, namespace } = deployment.metadata;
    const now = textAt(deployment.metadata, 'annotations', revision);
    return {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: textAt(ownerOf(members[0]), 'name') ?? uid,
        ...(namespace !== undefined && { namespace }),
        uid,
        ...(isNewest &&
          now !== undefined && { annotations: { [revision]: now } }),
        ownerReferences: [
          {
            kind: 'Deployment',
            name,
            uid: deployment.metadata.uid,
            controller: true,
          },
        ],
      },
      spec: { replicas: isNewest ? wantedReplicas(deployment) : 0 },
      status: { replicas: members.length },
    };
  });
}

/** Of a Deployment's ReplicaSet: its name is the Deployment's with the hash of the template behind it. */
export function deploymentOf(pod: KubernetesObject): string | undefined {
  const owner = ownerOf(pod);
  if (owner?.kind !== 'ReplicaSet') return undefined;
  const name = textAt(owner, 'name') ?? '';
  const hash = textAt(pod.metadata, 'labels', 'pod-template-hash');
  return hash !== undefined && name.endsWith(`-${hash}`)
    ? name.slice(0, -hash.length - 1)
    : undefined;
}

function ownerOf(pod: KubernetesObject) {
  return mapsAt(pod.metadata, 'ownerReferences')[0];
}

function createdAt(pod: KubernetesObject): string {
  return textAt(pod.metadata, 'creationTimestamp') ?? '';
}
