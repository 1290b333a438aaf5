import type { Resource } from './resource';

/** Kind to plural, of one group. */
type Plurals = Readonly<Record<string, string>>;

const namespaced: Readonly<Record<string, Plurals>> = {
  '': {
    ConfigMap: 'configmaps',
    Endpoints: 'endpoints',
    Event: 'events',
    LimitRange: 'limitranges',
    PersistentVolumeClaim: 'persistentvolumeclaims',
    Pod: 'pods',
    PodTemplate: 'podtemplates',
    ReplicationController: 'replicationcontrollers',
    ResourceQuota: 'resourcequotas',
    Secret: 'secrets',
    Service: 'services',
    ServiceAccount: 'serviceaccounts',
  },
  apps: {
    ControllerRevision: 'controllerrevisions',
    DaemonSet: 'daemonsets',
    Deployment: 'deployments',
    ReplicaSet: 'replicasets',
    StatefulSet: 'statefulsets',
  },
  autoscaling: { HorizontalPodAutoscaler: 'horizontalpodautoscalers' },
  batch: { CronJob: 'cronjobs', Job: 'jobs' },
  'coordination.k8s.io': { Lease: 'leases' },
  'discovery.k8s.io': { EndpointSlice: 'endpointslices' },
  'events.k8s.io': { Event: 'events' },
  'networking.k8s.io': {
    Ingress: 'ingresses',
    NetworkPolicy: 'networkpolicies',
  },
  policy: { PodDisruptionBudget: 'poddisruptionbudgets' },
  'rbac.authorization.k8s.io': {
    Role: 'roles',
    RoleBinding: 'rolebindings',
  },
  'storage.k8s.io': { CSIStorageCapacity: 'csistoragecapacities' },
};

const ofCluster: Readonly<Record<string, Plurals>> = {
  '': {
    Namespace: 'namespaces',
    Node: 'nodes',
    PersistentVolume: 'persistentvolumes',
  },
  'admissionregistration.k8s.io': {
    MutatingWebhookConfiguration: 'mutatingwebhookconfigurations',
    ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
    ValidatingAdmissionPolicyBinding: 'validatingadmissionpolicybindings',
    ValidatingWebhookConfiguration: 'validatingwebhookconfigurations',
  },
  'apiextensions.k8s.io': {
    CustomResourceDefinition: 'customresourcedefinitions',
  },
  'networking.k8s.io': { IngressClass: 'ingressclasses' },
  'node.k8s.io': { RuntimeClass: 'runtimeclasses' },
  'rbac.authorization.k8s.io': {
    ClusterRole: 'clusterroles',
    ClusterRoleBinding: 'clusterrolebindings',
  },
  'scheduling.k8s.io': { PriorityClass: 'priorityclasses' },
  'storage.k8s.io': {
    CSIDriver: 'csidrivers',
    CSINode: 'csinodes',
    StorageClass: 'storageclasses',
    VolumeAttachment: 'volumeattachments',
  },
};

/**
 * Resource of a kind that Kubernetes brings with it; undefined: the server is to be asked. A kind keeps its plural and its
 * scope from version to version, so that the version is the caller's.
 */
export function builtinResource(
  group: string,
  version: string,
  kind: string,
): Resource | undefined {
  const find = (table: Readonly<Record<string, Plurals>>) =>
    Object.hasOwn(table, group) && Object.hasOwn(table[group], kind)
      ? table[group][kind]
      : undefined;
  const inNamespace = find(namespaced);
  const plural = inNamespace ?? find(ofCluster);
  return plural === undefined
    ? undefined
    : { group, version, plural, namespaced: inNamespace !== undefined };
}

/** All that the table holds, for its test. */
export function builtinKinds(): { group: string; kind: string }[] {
  return [namespaced, ofCluster].flatMap(table =>
    Object.entries(table).flatMap(([group, plurals]) =>
      Object.keys(plurals).map(kind => ({ group, kind })),
    ),
  );
}
