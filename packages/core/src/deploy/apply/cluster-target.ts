import { shortOid } from 'backstage-plugin-dojo-common';
import type { DeploymentDecides } from 'backstage-plugin-dojo-common';
import type { Cluster } from '../../cluster/cluster';
import type { Clock } from '../../plan/clock';
import type { Timer } from '../../plan/timer';
import type { DeployPorts } from '../ports';
import { watchRollout } from '../rollout/watch-rollout';
import type { RolloutEnd } from '../rollout/watch-rollout';
import { applyErrors } from './apply-errors';
import type { ClusterState } from './cluster-state';
import type { ClusterRun } from './effects/cluster-run';

/** The cluster that a run applies to, and what it waits with. */
export interface ClusterTarget {
  readonly cluster: Cluster;
  readonly timer: Timer;
}

/** Opens the environment's cluster. @throws DojoError APPLY_CLUSTER_MISSING, and what opening it throws. */
export async function openTarget(
  { openCluster, timer }: DeployPorts,
  environment: string,
  signal: AbortSignal,
): Promise<ClusterTarget> {
  if (openCluster === undefined || timer === undefined) {
    throw applyErrors.clusterMissing(environment);
  }
  return { cluster: await openCluster(signal), timer };
}

/** What the effects of a plan are settled with. */
export function clusterRun(
  { cluster, timer }: ClusterTarget,
  state: ClusterState,
  run: {
    readonly planHash: string;
    readonly isReviewed: boolean;
    readonly landing: () => string | undefined;
    readonly decides: DeploymentDecides;
    readonly clock: Clock;
    readonly log: (line: string) => void;
    /** Called when the rollout begins to be watched. */
    readonly onWatch: () => void;
    readonly onRollout: (end: RolloutEnd) => void;
  },
): ClusterRun {
  const { planHash, isReviewed, landing, decides, clock, log } = run;
  const { component, environment, version } = decides;
  const seconds = decides.cluster?.wait ?? 0;
  return {
    planHash,
    isReviewed,
    landing,
    cluster,
    state,
    what: `${component} ${
      version?.tag ?? shortOid(version?.commit ?? '')
    } in ${environment}`,
    log,
    watch: (objects, signal) => {
      run.onWatch();
      return watchRollout(
        {
          cluster,
          namespace: state.set.namespace,
          objects,
          deadline: new Date(clock.now().getTime() + seconds * 1_000),
          clock,
          timer,
          log,
        },
        signal,
      );
    },
    onRollout: run.onRollout,
    answers: new Map(),
  };
}
