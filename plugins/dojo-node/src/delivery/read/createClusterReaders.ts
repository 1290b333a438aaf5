import {
  explainSilence,
  followLive,
  openCluster,
  readLiveLog,
  systemTimer,
} from 'dojo-portal-core/deploy';
import type { Cluster } from 'dojo-portal-core/deploy';
import { clusterAccess } from '../../cluster/clusterAccess';
import type { ClusterConfig } from '../../cluster/ClusterConfig';
import type { EnvironmentConfig } from '../../config/readDojoConfig';
import { deployedName } from '../../deployment/deploymentPlaces';
import type { DeliveryReaders } from './DeliveryReaders';
import { readerErrors } from './readerErrors';

/** What {@link createClusterReaders} looks at. */
export interface ClusterReadersOptions {
  /** What is configured for an environment; throws where there is none of that name. */
  readonly environment: (
    name: string,
  ) => Pick<EnvironmentConfig, 'cluster' | 'namespace'>;
  /** Opens a cluster; default: the adapter over its API. */
  readonly open?: (
    cluster: ClusterConfig,
    signal: AbortSignal,
  ) => Promise<Cluster>;
}

/** Milliseconds for which a log is waited for. */
const logDeadline = 5_000;

/**
 * How clusters are read for the Delivery page: watched in this process, since nothing of what they answer is run and a child
 * would live as long as the portal.
 */
export function createClusterReaders({
  environment: configured,
  open = openConfigured,
}: ClusterReadersOptions): Pick<DeliveryReaders, 'followCluster' | 'readLog'> {
  const clusterOf = (name: string) => {
    const { cluster, namespace } = configured(name);
    if (cluster === undefined) throw readerErrors.clusterMissing(name);
    return { cluster, ...(namespace !== undefined && { namespace }) };
  };
  return {
    async followCluster(environment, onFacts, signal, hooks = {}) {
      const { cluster, ...place } = clusterOf(environment);
      const { wanted, onAlive } = hooks;
      const opened = await open(cluster, signal);
      try {
        return await followLive(
          {
            ...place,
            cluster: opened,
            environment,
            clock: { now: () => new Date() },
            timer: systemTimer,
            onFacts,
            ...(onAlive && { onAlive }),
            ...(wanted && { digestOf: name => wanted(name)?.digest }),
          },
          signal,
        );
      } finally {
        await opened.dispose();
      }
    },
    async readLog(target, environment, signal) {
      const { cluster, ...place } = clusterOf(environment);
      const component = deployedName(target.component);
      const deadline = AbortSignal.timeout(logDeadline);
      const both = AbortSignal.any([signal, deadline]);
      try {
        const opened = await open(cluster, both);
        try {
          return await readLiveLog(
            { ...place, cluster: opened, component, environment },
            both,
          );
        } finally {
          await opened.dispose();
        }
      } catch (error) {
        signal.throwIfAborted();
        if (deadline.aborted) throw readerErrors.logLate(environment);
        throw explainSilence(environment, error);
      }
    },
  };
}

async function openConfigured(
  cluster: ClusterConfig,
  signal: AbortSignal,
): Promise<Cluster> {
  return openCluster({ access: await clusterAccess(cluster) }, signal);
}
