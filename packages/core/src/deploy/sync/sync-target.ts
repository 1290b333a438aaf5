import { isDojoError } from 'backstage-plugin-dojo-common';
import type { Cluster } from '../../cluster/cluster';
import type { Timer } from '../../plan/timer';
import type { LandedVersion } from '../history/landed-version';
import type { DeployPorts, InfraRepository } from '../ports';
import type { SyncSource } from './sync-source';
import { describeSync } from './sync-source';
import { readSync } from './wait-for-sync';

/** The controller that brings an environment's overlays up, where it can be looked at. */
export interface SyncTarget {
  readonly source: SyncSource;
  readonly cluster: Cluster;
  readonly timer: Timer;
}

/**
 * Opens the cluster in which the controller is. Where it cannot be opened nothing is waited for: a git mode lands without
 * any cluster. @returns why not, as one sentence.
 */
export async function openSync(
  { openCluster, timer }: Pick<DeployPorts, 'openCluster' | 'timer'>,
  source: SyncSource,
  signal: AbortSignal,
): Promise<SyncTarget | string> {
  if (openCluster === undefined || timer === undefined) {
    return `${describeSync(
      source,
    )} is not waited for: no cluster is configured`;
  }
  try {
    return { source, timer, cluster: await openCluster(signal) };
  } catch (error) {
    signal.throwIfAborted();
    if (!isDojoError(error)) throw error;
    return `${describeSync(source)} is not waited for: ${error.message}`;
  }
}

/**
 * Whether what landed last is still to come up, for a run that changes nothing more.
 *
 * @returns undefined where that cannot be read, which a warning says.
 */
export async function observeSync(
  { cluster, source }: Pick<SyncTarget, 'cluster' | 'source'>,
  {
    infra,
    landed: [newest],
    folder,
  }: {
    readonly infra: Pick<InfraRepository, 'readTree' | 'readHistory'>;
    readonly landed: readonly LandedVersion[];
    readonly folder: string;
  },
  signal: AbortSignal,
): Promise<{ readonly isOpen: boolean; readonly warning?: string }> {
  if (newest === undefined) return { isOpen: false };
  const landing = { commit: newest.infraCommit, folder };
  try {
    const { kind } = await readSync(
      { cluster, source, infra, landing },
      signal,
    );
    return { isOpen: kind === 'waiting' || kind === 'failed' };
  } catch (error) {
    signal.throwIfAborted();
    if (!isDojoError(error)) throw error;
    return { isOpen: false, warning: error.message };
  }
}
