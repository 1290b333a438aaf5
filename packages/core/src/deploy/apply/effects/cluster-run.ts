import type { Cluster } from '../../../cluster/cluster';
import type { KubernetesObject } from '../../../cluster/kubernetes-object';
import type { EffectStep } from '../../../effect/effect-step';
import type { RolloutEnd } from '../../rollout/watch-rollout';
import type { ClusterState } from '../cluster-state';

/** What the effects on a cluster are made from once they are settled. */
export interface ClusterRun {
  readonly planHash: string;
  /** Whether somebody reviewed the plan: a retry then asks for it by its hash. */
  readonly isReviewed: boolean;
  /** The commit that is brought to the cluster, once it has landed. */
  readonly landing: () => string | undefined;
  readonly cluster: Cluster;
  readonly state: ClusterState;
  /** `ledger v0.3.0 in dev` */
  readonly what: string;
  readonly log: (line: string) => void;
  /** Watches the rollout of objects as the cluster holds them, to its end or its deadline. */
  readonly watch: (
    objects: readonly KubernetesObject[],
    signal: AbortSignal,
  ) => Promise<RolloutEnd>;
  /** Called once the rollout ended, well or not. */
  readonly onRollout: (end: RolloutEnd) => void;
  /** What the cluster answered to what was applied in this run, by identity. */
  readonly answers: Map<string, KubernetesObject>;
}

/** An effect on a cluster. */
export type ClusterStep = EffectStep<ClusterRun>;
