import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { kubernetesErrors } from '../kubernetes-errors';
import type { ClusterAccess } from './cluster-access';
import { readInClusterAccess } from './in-cluster-access';
import { selectContext } from './kubeconfig';
import type { KubeconfigFile, KubeconfigSelection } from './kubeconfig';
import { readText, userCredentials } from './user-credentials';
import { verifyServerUrl } from './verify-server-url';

/** Bytes of a kubeconfig; one with the certificates of a hundred clusters has 0.5 MB. */
const maxBytes = 4 * 1024 * 1024;

/** Which kubeconfig, and which of its contexts. */
export interface KubeconfigSource {
  /** Default: the files of `KUBECONFIG`, else `~/.kube/config`, else the service account of the pod that this runs in. */
  readonly path?: string;
  /** Default: its current context. */
  readonly context?: string;
}

/** What {@link kubeconfigAccess} reads with. */
export interface KubeconfigOptions {
  /** Environment: `KUBECONFIG`, `HOME`, and what credential plugins inherit. */
  readonly env: NodeJS.ProcessEnv;
  readonly clock: { now(): Date };
}

/**
 * Access to the cluster of a kubeconfig, read as kubectl reads it.
 *
 * @throws DojoError KUBECONFIG_MISSING, KUBECONFIG_INVALID, CONTEXT_UNKNOWN and CLUSTER_URL_INVALID
 */
export async function kubeconfigAccess(
  source: KubeconfigSource,
  options: KubeconfigOptions,
): Promise<ClusterAccess> {
  const { env } = options;
  const paths = placesOf(source, env);
  const files = await readFiles(paths, source.path === undefined);
  if (files.length > 0) {
    return toAccess(selectContext(files, source.context), options);
  }
  const inCluster =
    source.path === undefined && source.context === undefined
      ? readInClusterAccess(options)
      : undefined;
  if (inCluster !== undefined) return inCluster;
  throw kubernetesErrors.kubeconfigMissing(paths);
}

function placesOf(source: KubeconfigSource, env: NodeJS.ProcessEnv): string[] {
  if (source.path !== undefined) return [source.path];
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  return listed.length > 0
    ? listed
    : [join(env.HOME || homedir(), '.kube', 'config')];
}

async function readFiles(
  paths: readonly string[],
  mayBeAbsent: boolean,
): Promise<KubeconfigFile[]> {
  const files: KubeconfigFile[] = [];
  for (const file of paths) {
    try {
      const { size } = await stat(file);
      if (size > maxBytes) {
        throw kubernetesErrors.kubeconfigInvalid(
          file,
          `it has more than ${maxBytes} bytes`,
        );
      }
      files.push({ file, text: await readFile(file, 'utf8') });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Of several, and of the usual place, those that are not there are passed over, as by kubectl.
      if (code === 'ENOENT' && mayBeAbsent) continue;
      if (code === 'ENOENT') throw kubernetesErrors.kubeconfigMissing([file]);
      if (code === 'KUBECONFIG_INVALID') throw error;
      throw kubernetesErrors.kubeconfigInvalid(file, 'it cannot be read');
    }
  }
  return files;
}

async function toAccess(
  selection: KubeconfigSelection,
  { env, clock }: KubeconfigOptions,
): Promise<ClusterAccess> {
  const { cluster, clusterFile } = selection;
  const { name } = cluster;
  const caData = cluster['certificate-authority-data'];
  const caFile = cluster['certificate-authority'];
  const fromFile = async () =>
    caFile ? readText(clusterFile, caFile, 'certificate-authority') : undefined;
  const ca = caData
    ? Buffer.from(caData, 'base64').toString('utf8')
    : await fromFile();
  const unverified = cluster['insecure-skip-tls-verify'] === true;
  if (unverified && ca !== undefined) {
    throw kubernetesErrors.kubeconfigInvalid(
      clusterFile,
      `cluster "${name}" has a certificate authority and insecure-skip-tls-verify`,
    );
  }
  const servername = cluster['tls-server-name'] ?? undefined;
  const extension = cluster.extensions?.find(
    ({ name: key }) => key === 'client.authentication.k8s.io/exec',
  );
  return {
    name,
    server: verifyServerUrl(name, cluster.server),
    tls: { ca, servername, ...(unverified && { unverified }) },
    proxy: proxyOf(selection),
    credentials: userCredentials(selection, {
      env,
      clock,
      clusterInfo: () => ({
        server: cluster.server,
        ...(servername && { 'tls-server-name': servername }),
        ...(unverified && { 'insecure-skip-tls-verify': true }),
        ...(ca && {
          'certificate-authority-data': Buffer.from(ca).toString('base64'),
        }),
        ...(cluster['proxy-url'] && { 'proxy-url': cluster['proxy-url'] }),
        ...(extension && { config: extension.extension }),
      }),
    }),
  };
}

function proxyOf({
  cluster,
  clusterFile,
}: KubeconfigSelection): URL | undefined {
  const written = cluster['proxy-url'];
  if (!written) return undefined;
  const isKnown =
    /^(?:https?|socks5):\/\//i.test(written) && URL.canParse(written);
  if (isKnown) return new URL(written);
  throw kubernetesErrors.kubeconfigInvalid(
    clusterFile,
    `cluster "${cluster.name}": proxy-url is no http, https or socks5 address`,
  );
}
