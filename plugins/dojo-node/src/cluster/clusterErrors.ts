import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of reaching a cluster that are known before it is asked. */
export const clusterErrors = {
  /** A file that the configuration, or the kubelet, names cannot be read. Nothing of what is in it is told. */
  credentialsUnreadable: (cluster: string, path: string, cause: unknown) =>
    new DojoError({
      code: 'CLUSTER_CREDENTIALS_UNREADABLE',
      kind: 'unavailable',
      message: `the cluster ${cluster} cannot be reached: ${path} cannot be read`,
      hint: 'See caFile and serviceAccountToken of the cluster in kubernetes.clusterLocatorMethods of app-config.yaml.',
      cause,
    }),
};
