import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterPrograms } from '../testbed-programs';
import { adminClient } from './admin-client';
import type { AdminClient } from './admin-client';
import { ApiServer } from './api-server';
import type { TestAuthority } from './certificates';
import { administrator, writeProgramKubeconfigs } from './cluster-files';
import { clusterPort } from './cluster-port';
import {
  controllerManagerArgs,
  etcdArgs,
  etcdSocketPath,
  schedulerArgs,
} from './control-plane';
import type { Guard } from './guard';
import { until } from './until';

/** What the programs of one cluster share. */
export interface ClusterParts {
  readonly guard: Guard;
  readonly folder: string;
  readonly programs: ClusterPrograms;
  readonly authority: TestAuthority;
}

/** An API server that runs, and the administrator's way to it. */
export interface ReachedServer {
  readonly url: string;
  readonly client: AdminClient;
  readonly apiServer: ApiServer;
}

/** How often another port is tried, where somebody was faster. */
const portTries = 5;

/** Starts etcd, and resolves when the API server can open it. */
export async function startEtcd({
  guard,
  folder,
  programs,
}: ClusterParts): Promise<void> {
  const etcd = await guard.run('etcd', programs.etcd, etcdArgs());
  await until(etcd, () => exists(join(folder, etcdSocketPath)));
}

/** Starts the API server on a free port, and resolves when it is ready. */
export async function startApiServer({
  authority,
  ...parts
}: ClusterParts): Promise<ReachedServer> {
  const pair = await authority.client(administrator);
  for (let tries = 1; ; tries++) {
    const port = await clusterPort();
    const url = `https://127.0.0.1:${port}`;
    const client = adminClient({ url, ca: authority.cert }, pair);
    const apiServer = new ApiServer({ ...parts, port, client });
    try {
      await apiServer.start();
      return { url, client, apiServer };
    } catch (error) {
      await client.close();
      const isTaken = String(error).includes('address already in use');
      if (!isTaken || tries === portTries) throw error;
    }
  }
}

/** Starts controllers and scheduler. @returns what resolves when the controllers work. */
export async function startControllers({
  guard,
  folder,
  programs,
  authority,
  url,
  client,
}: ClusterParts & ReachedServer): Promise<{ work(): Promise<void> }> {
  await writeProgramKubeconfigs(folder, authority, url);
  const controllers = await guard.run(
    'kube-controller-manager',
    programs['kube-controller-manager'],
    controllerManagerArgs(),
  );
  await guard.run(
    'kube-scheduler',
    programs['kube-scheduler'],
    schedulerArgs(),
  );
  // What the controllers make in each namespace, of their own accord.
  const account = '/api/v1/namespaces/default/serviceaccounts/default';
  return {
    work: () =>
      until(controllers, () =>
        client.request('GET', account).then(
          () => true,
          () => false,
        ),
      ),
  };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
