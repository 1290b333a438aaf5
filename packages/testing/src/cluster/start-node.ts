import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdminClient } from './admin-client';
import { applyYaml } from './apply-yaml';
import type { TestAuthority } from './certificates';
import { folderProvisioner } from './node/volume-provisioner';
import { startProcessNode } from './node/start-process-node';
import type {
  ProcessNode,
  ProcessNodeOptions,
} from './node/start-process-node';

/** What a test may say of its cluster's node. */
export type NodeOptions = Pick<
  ProcessNodeOptions,
  'name' | 'program' | 'capacity' | 'backOff'
>;

/**
 * What the node does beside what the Node authorizer lets a kubelet do: it is the storage's provisioner too, and
 * removes the taint that a controller would remove.
 */
const rights = (user: string) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: process-node}
rules:
- apiGroups: [""]
  resources: [persistentvolumes]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [persistentvolumeclaims/status]
  verbs: [patch]
- apiGroups: [storage.k8s.io]
  resources: [storageclasses]
  verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: process-node}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: process-node}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ${JSON.stringify(
  user,
)}}]
`;

/** As most clusters have one: volumes are made where the pod goes, and go with their claim. */
const storageClass = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: standard
  annotations: {storageclass.kubernetes.io/is-default-class: "true"}
provisioner: ${folderProvisioner}
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
`;

/** Starts the node of a cluster with a kubelet's certificate; it ends with this process. */
export async function startNode(
  {
    url,
    client,
    authority,
    folder,
  }: {
    readonly url: string;
    readonly client: AdminClient;
    readonly authority: TestAuthority;
    readonly folder: string;
  },
  options: NodeOptions,
): Promise<ProcessNode> {
  const { name = 'process-node' } = options;
  const user = `system:node:${name}`;
  const own = join(folder, 'node');
  const [identity, serving] = await Promise.all([
    authority.client({ name: user, groups: ['system:nodes'] }),
    authority.serving([name, 'localhost', '127.0.0.1']),
    applyYaml(client, `${rights(user)}---${storageClass}`),
    mkdir(own),
  ]);
  return startProcessNode({
    ...options,
    name,
    url,
    ca: authority.cert,
    clientCert: identity.cert,
    clientKey: identity.key,
    serving,
    folder: own,
  });
}
