import type { Cluster } from '../cluster/cluster';
import { sleep } from '../http/retry';
import { toPrintable } from '../text/to-printable';
import type { ClusterAccess } from './access/cluster-access';
import { kubeconfigAccess } from './access/kubeconfig-access';
import type { KubeconfigSource } from './access/kubeconfig-access';
import { portalAccess } from './access/portal-access';
import type { PortalAccess } from './access/portal-access';
import { KubernetesCluster } from './kubernetes-cluster';
import { ApiClient } from './wire/api-client';
import type { ClientPorts } from './wire/api-client';

/** Where a cluster is, and who asks. */
export type ClusterSource =
  | { readonly kubeconfig: KubeconfigSource }
  | { readonly access: PortalAccess };

/** Options of {@link openCluster}; the defaults are this process's own. */
export interface OpenClusterOptions extends Partial<ClientPorts> {
  /** `KUBECONFIG`, `HOME`, and what credential plugins inherit. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Opens a cluster: by a kubeconfig, as kubectl reads it, or by an entry of the portal's configuration. Nothing is sent yet.
 *
 * A kubeconfig's `insecure-skip-tls-verify: true` is obeyed, as the person who wrote it chose, and told in `warnings`; nothing else, the portal and
 * Node's environment included, switches the verification of certificates off. Plain http is for this machine alone.
 *
 * @throws DojoError KUBECONFIG_MISSING, KUBECONFIG_INVALID, CONTEXT_UNKNOWN and CLUSTER_URL_INVALID
 */
export async function openCluster(
  source: ClusterSource,
  signal: AbortSignal,
  options: OpenClusterOptions = {},
): Promise<Cluster> {
  signal.throwIfAborted();
  const { env = process.env } = options;
  const ports: ClientPorts = {
    clock: options.clock ?? { now: () => new Date() },
    sleep: options.sleep ?? sleep,
    random: options.random ?? Math.random,
  };
  const access: ClusterAccess =
    'access' in source
      ? portalAccess(source.access)
      : await kubeconfigAccess(source.kubeconfig, { env, clock: ports.clock });
  return new KubernetesCluster(
    new ApiClient(access, ports),
    warningsOf(access),
  );
}

/** Whoever reads a log should see what the person who wrote the kubeconfig chose. */
function warningsOf({ name, tls }: ClusterAccess): string[] {
  return tls.unverified
    ? [
        `the certificate of the cluster ${toPrintable(
          name,
        )} is not verified, since its kubeconfig says insecure-skip-tls-verify: whoever is between may read and change everything`,
      ]
    : [];
}
