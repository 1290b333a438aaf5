import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { LintRule, LintedObjects } from './lint-rule';

/** Kinds of Kubernetes itself that belong to no namespace; all that begin with Cluster do neither. */
const clusterScoped = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ComponentStatus',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'GatewayClass',
  'IPAddress',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'StorageVersion',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
  'VolumeSnapshotClass',
  'VolumeSnapshotContent',
]);

/** Whether an object belongs to the whole cluster. */
export function isClusterScoped({ kind }: KubernetesObject): boolean {
  return (
    clusterScoped.has(kind) ||
    // An operator's version is installed into a namespace.
    (/^Cluster[A-Z]/.test(kind) && kind !== 'ClusterServiceVersion')
  );
}

/** An object that others of the cluster share. The namespace of the environment itself may be among them. */
export const clusterScopedKind: LintRule = ({ objects, namespace }) =>
  objects
    .filter(isClusterScoped)
    .filter(
      ({ kind, metadata }) =>
        kind !== 'Namespace' || metadata.name !== namespace,
    )
    .map(on => ({
      code: 'CLUSTER_SCOPED',
      severity: 'error',
      message: `a ${on.kind} belongs to the whole cluster, not to this environment`,
      hint: 'Have it installed by who runs the cluster, and leave it out of the overlay.',
      on,
      path: ['kind'],
    }));

/** An object that goes to another namespace. */
export const namespaceForeign: LintRule = linted => {
  const own = linted.namespace ?? commonNamespace(linted);
  if (own === undefined) return [];
  return linted.objects
    .filter(one => !isClusterScoped(one))
    .filter(
      ({ metadata: { namespace } }) =>
        namespace !== undefined && namespace !== own,
    )
    .map(on => ({
      code: 'NAMESPACE_FOREIGN',
      severity: 'error',
      message: `it goes to the namespace ${String(
        on.metadata.namespace,
      )}, and the environment's is ${own}`,
      hint: `Set namespace: ${own} in the overlay.`,
      on,
      path: ['metadata', 'namespace'],
    }));
};

/** That of the first workload that has one. */
function commonNamespace({ workloads }: LintedObjects): string | undefined {
  return workloads.find(({ object }) => object.metadata.namespace !== undefined)
    ?.object.metadata.namespace;
}

/** An object that would go to whatever namespace is the default one. */
export const namespaceMissing: LintRule = ({ objects, namespace }) => {
  if (namespace === undefined) return [];
  const first = objects.find(
    one => one.metadata.namespace === undefined && !isClusterScoped(one),
  );
  if (first === undefined) return [];
  return [
    {
      code: 'NAMESPACE_MISSING',
      severity: 'error',
      message: `it names no namespace, and the environment's is ${namespace}`,
      hint: `Set namespace: ${namespace} in the overlay.`,
      on: first,
    },
  ];
};
