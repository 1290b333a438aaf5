import type { EffectStep } from '../../effect/effect-step';
import type { ClusterRun } from '../apply/effects/cluster-run';
import type { SyncRun } from '../sync/sync-effect';
import type { InfraChange, InfraRepository, PullRequests } from '../ports';

/** What a request on a forge is made from. */
export interface RequestRun {
  readonly pulls: PullRequests;
  readonly title: string;
  readonly body: string;
  /** The commit that the request's branch was seen to hold; undefined: none was yet. */
  commit(): string | undefined;
  /** Called once a request on the forge was seen, with its page. */
  onRequest(url: string): void;
}

/** What the effects of a deployment are made from once they are settled. */
export interface DeploymentRun {
  readonly planHash: string;
  readonly infra: InfraRepository;
  /** The planned texts, by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  /** The change over the head that was planned on, without its branch. */
  readonly change: Omit<InfraChange, 'branch' | 'createsBranch' | 'replaces'>;
  /** Called once the infra repository was seen to hold the change. */
  onCommit(commit: string): void;
  /** Of mode pull-request on a forge. */
  readonly request?: RequestRun;
  /** Of mode apply. */
  readonly cluster?: ClusterRun;
  /** Of the git modes, where what brings it up is waited for. */
  readonly sync?: SyncRun;
}

/** An effect of a deployment. */
export type DeploymentStep = EffectStep<DeploymentRun>;
