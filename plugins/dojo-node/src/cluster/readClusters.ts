import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import { z } from 'zod/v3';
import type { ClusterConfig } from './ClusterConfig';

/** The clusters that environments may name. */
export interface Clusters {
  /** @returns what is wrong with it, in words, where it cannot be used. */
  find(name: string): ClusterConfig | string;
}

/** What {@link readClusters} looks at beside the configuration. */
export interface ReadClustersOptions {
  /** What relative paths are relative to. */
  readonly rootDir: string;
  /** Of this process: in a pod it says where the cluster's own API server is. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where the kubelet puts what a pod's service account is (Kubernetes, "Accessing the API from a Pod"). */
const podFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

const text = z.string().trim().min(1);

/** Of an entry, what is read here: the rest of it is of Backstage's Kubernetes plugin. */
const clusterSchema = z.object({
  name: text,
  url: z.string().trim().default(''),
  authProvider: z.string().optional(),
  serviceAccountToken: text.optional(),
  skipTLSVerify: z.boolean().default(false),
  caData: text.optional(),
  caFile: text.optional(),
});
type WrittenCluster = z.output<typeof clusterSchema>;

/** Other methods (`gke`, `catalog`, `localKubectlProxy`) ask systems that are not asked from here. */
const methodSchema = z.object({
  type: z.literal('config'),
  clusters: z.array(z.unknown()),
});

/**
 * The clusters of `kubernetes.clusterLocatorMethods` of type `config`. Nothing is judged but what an environment names: the
 * rest is Backstage's.
 */
export function readClusters(
  config: Config,
  options: ReadClustersOptions,
): Clusters {
  const methods = config.getOptional('kubernetes.clusterLocatorMethods');
  const entries = (Array.isArray(methods) ? methods : [])
    .flatMap(method => {
      const parsed = methodSchema.safeParse(method);
      return parsed.success ? parsed.data.clusters : [];
    })
    .map(entry => ({ name: nameIn(entry), entry }));
  return {
    find(name) {
      const found = entries.filter(each => each.name === name);
      if (found.length === 0) {
        const known = entries.flatMap(each => each.name ?? []).join(', ');
        return `there is no cluster ${name} in kubernetes.clusterLocatorMethods of type config (there is: ${
          known || 'none'
        })`;
      }
      if (found.length > 1) {
        return `kubernetes.clusterLocatorMethods has ${found.length} clusters ${name}: give each a name of its own`;
      }
      const parsed = clusterSchema.safeParse(found[0].entry);
      if (parsed.success) return toCluster(parsed.data, options);
      const keys = parsed.error.issues.map(({ path }) => path.join('.'));
      return `the cluster ${name} in kubernetes.clusterLocatorMethods cannot be read: see its ${keys.join(
        ', ',
      )}`;
    },
  };
}

function nameIn(entry: unknown): string | undefined {
  const parsed = clusterSchema.pick({ name: true }).safeParse(entry);
  return parsed.success ? parsed.data.name : undefined;
}

function toCluster(
  written: WrittenCluster,
  { rootDir, env }: ReadClustersOptions,
): ClusterConfig | string {
  const { name, authProvider, serviceAccountToken, caData, caFile } = written;
  if (authProvider !== 'serviceAccount') {
    return `the cluster ${name} has the authProvider ${
      authProvider ?? '(none)'
    }, and deployments are made with a service account: serviceAccount is the only one`;
  }
  if (written.skipTLSVerify) {
    return `the cluster ${name} has skipTLSVerify, and nothing is deployed to a server that could be another: give its caData or caFile instead`;
  }
  if (serviceAccountToken === undefined) {
    return ofThisPod(written, { rootDir, env });
  }
  const problem = problemOfUrl(written);
  if (problem !== undefined) return problem;
  return {
    name,
    url: written.url,
    ...(caData !== undefined && { caData }),
    ...(caFile !== undefined && { caFile: resolve(rootDir, caFile) }),
    token: serviceAccountToken,
  };
}

/** As Backstage has it: without a token it is the cluster that this process is a pod of, whatever its `url` says. */
function ofThisPod(
  { name, caData, caFile }: WrittenCluster,
  { rootDir, env }: ReadClustersOptions,
): ClusterConfig | string {
  const host = env.KUBERNETES_SERVICE_HOST;
  const port = env.KUBERNETES_SERVICE_PORT ?? '443';
  if (!host) {
    return `the cluster ${name} has no serviceAccountToken, and this portal runs in no pod whose own it could be`;
  }
  return {
    name,
    url: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ...(caData === undefined
      ? { caFile: resolve(rootDir, caFile ?? `${podFolder}/ca.crt`) }
      : { caData }),
    tokenFile: `${podFolder}/token`,
  };
}

function problemOfUrl({ name, url }: WrittenCluster): string | undefined {
  if (!URL.canParse(url)) {
    return `the url of the cluster ${name} must be an address such as https://10.0.0.1:6443`;
  }
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'https:') {
    return `the url of the cluster ${name} must begin with https://, since a token goes there`;
  }
  return username || password
    ? `the url of the cluster ${name} holds credentials: they belong into serviceAccountToken`
    : undefined;
}
