import { kubernetesErrors } from '../kubernetes-errors';
import type { ClusterAccess, Credentials } from './cluster-access';
import { verifyServerUrl } from './verify-server-url';

/** A cluster as the portal's configuration has it. */
export interface PortalAccess {
  /** As the configuration calls it. */
  readonly name: string;
  readonly url: string;
  /** PEM in base64, as in Backstage; absent: the authorities of the system. */
  readonly caData?: string;
  /** A bearer token. */
  readonly token?: string;
}

/**
 * Access to a cluster of the portal. Certificates are always verified.
 *
 * @throws DojoError CLUSTER_URL_INVALID
 */
export function portalAccess(access: PortalAccess): ClusterAccess {
  const { name, caData, token } = access;
  const ca =
    caData === undefined
      ? undefined
      : Buffer.from(caData, 'base64').toString('utf8');
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw kubernetesErrors.urlInvalid(
      name,
      'caData is no certificate (PEM in base64)',
    );
  }
  const credentials: Credentials = {
    headers: token ? { authorization: `Bearer ${token}` } : {},
    secrets: token ? [token] : [],
  };
  return {
    name,
    server: verifyServerUrl(name, access.url),
    tls: { ca },
    credentials: async () => credentials,
  };
}
