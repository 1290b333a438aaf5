import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { kubernetesErrors } from '../kubernetes-errors';
import type { ClusterAccess } from './cluster-access';

const defaultFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** A projected token is replaced in place before it expires. */
const tokenMilliseconds = 60_000;

/**
 * Access by the service account of the pod that this process runs in ("Accessing the Kubernetes API from a Pod").
 *
 * @returns undefined: it runs in no pod, or in one without a service account's token.
 */
export function readInClusterAccess(options: {
  readonly env: NodeJS.ProcessEnv;
  readonly clock: { now(): Date };
  readonly folder?: string;
}): ClusterAccess | undefined {
  const { env, clock, folder = defaultFolder } = options;
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  const ca = readIfThere(`${folder}/ca.crt`);
  if (!host || !port || ca === undefined) return undefined;
  const name = 'in-cluster';
  return {
    name,
    server: new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`),
    tls: { ca },
    credentials: async () => {
      const token = readIfThere(`${folder}/token`)?.trim();
      if (!token) {
        throw kubernetesErrors.credentialsFailed(
          name,
          'the service account',
          `${folder}/token cannot be read`,
        );
      }
      return {
        headers: { authorization: `Bearer ${token}` },
        expires: clock.now().getTime() + tokenMilliseconds,
        secrets: [token],
      };
    },
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
