import { applyYaml } from './apply-yaml';
import { matches } from './audit-log';
import { administrator, writeKubeconfig } from './cluster-files';
import type { ProcessNode } from './node/start-process-node';
import type { ClusterParts, ReachedServer } from './start-programs';
import type { TestCluster } from './test-cluster';

/** What a test is given of a cluster that runs. */
export async function toTestCluster({
  folder,
  authority,
  url,
  client,
  apiServer,
  node,
  stop,
}: ClusterParts &
  ReachedServer & {
    readonly node: ProcessNode | undefined;
    readonly stop: () => Promise<void>;
  }): Promise<TestCluster> {
  let users = 0;
  let namespaces = 0;
  const kubeconfigFor: TestCluster['kubeconfigFor'] = identity =>
    writeKubeconfig(folder, `user-${++users}`, authority, url, identity);
  return {
    url,
    ca: authority.cert,
    kubeconfig: await kubeconfigFor(administrator),
    kubeconfigFor,
    servingCertificate: names => authority.serving(names),
    async createNamespace({ name, prefix = 'test', labels } = {}) {
      const created = name ?? `${prefix}-${++namespaces}`;
      await client.request('POST', '/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: created, labels },
      });
      return created;
    },
    get node() {
      if (!node) throw new Error('This cluster was started without a node.');
      return node;
    },
    request: client.request,
    apply: (yaml, options) => applyYaml(client, yaml, options),
    audit: async (filter = {}) =>
      (await apiServer.audit()).filter(event => matches(event, filter)),
    stopApiServer: () => apiServer.stop(),
    startApiServer: () => apiServer.start(),
    async restartApiServer() {
      await apiServer.stop();
      await apiServer.start();
    },
    stop,
  };
}
