import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterPrograms } from '../testbed-programs';
import type { AuditLevel } from './audit-log';
import { makeAuthority } from './certificates';
import { writeServerFiles } from './cluster-files';
import { startGuard } from './guard';
import { startNode } from './start-node';
import type { NodeOptions } from './start-node';
import { startApiServer, startControllers, startEtcd } from './start-programs';
import type { TestCluster } from './test-cluster';
import { toTestCluster } from './to-test-cluster';

/** Options of {@link startCluster}. */
export interface StartClusterOptions {
  /** How much of a request the audit log has; default `Metadata`. */
  readonly auditLevel?: AuditLevel;
  /** What is different of the node; `false`: there is none, and no pod runs. Default: a node as it is. */
  readonly node?: boolean | NodeOptions;
}

/**
 * Starts a cluster: etcd, API server, controllers, scheduler, and a node that runs pods as processes. The first start on
 * a machine may build the control plane (scripts/testbed.mjs). All ends with this process, however it ends.
 */
export async function startCluster({
  auditLevel = 'Metadata',
  node: nodeOptions = true,
}: StartClusterOptions = {}): Promise<TestCluster> {
  const programs = await clusterPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'dojo-cluster-'));
  const guard = startGuard(folder);
  const stops = [() => guard.stop()];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const authority = await makeAuthority('test-cluster');
    await writeServerFiles(folder, authority, auditLevel);
    const parts = { guard, folder, programs, authority };
    await startEtcd(parts);
    const reached = { ...parts, ...(await startApiServer(parts)) };
    stops.push(() => reached.client.close());
    const controllers = await startControllers(reached);
    const node = nodeOptions
      ? await startNode(reached, nodeOptions === true ? {} : nodeOptions)
      : undefined;
    if (node) stops.push(() => node.stop());
    await controllers.work();
    return await toTestCluster({ ...reached, node, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}
