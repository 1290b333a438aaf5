import type { DeploymentMergeResult } from 'backstage-plugin-dojo-common';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';

/** Whose change waits, and where. @public */
export interface WaitingDeploymentRequest {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
  /** Name of one of `dojo.environments`. */
  readonly environment: string;
}

/** Which change is merged. @public */
export interface MergeDeploymentRequest extends WaitingDeploymentRequest {
  /** Of the change that was looked at: a conflict when another one waits. */
  readonly planHash: string;
}

/**
 * Changes of overlays that wait to be merged by the portal: those of the local forge, which has no pages of its own. On
 * every other forge the pull request is merged there.
 *
 * @public
 */
export interface Merges {
  /**
   * The dry run of the merge of whatever waits; undefined: nothing does, or its forge merges it. Needs `dojo.delivery.read`
   * on the component. What would be refused to this initiator is in `blocks`.
   */
  find(
    request: WaitingDeploymentRequest,
    options: DojoPlanOptions,
  ): Promise<DeploymentMergeResult | undefined>;

  /**
   * Lands the change; running it again is always safe. Needs `dojo.deployment.create` on the component and
   * `dojo.environment.change` on the environment, and somebody else than who asked for the change.
   *
   * @returns all outcomes also where an effect failed (`outcome: 'failed'`).
   */
  merge(
    request: MergeDeploymentRequest,
    options: DojoRunOptions,
  ): Promise<DeploymentMergeResult>;

  /**
   * Takes the change back: its branch is removed, and nothing else is touched; running it again is always safe. Needs what
   * merging needs; whoever asked for the change may.
   */
  close(
    request: MergeDeploymentRequest,
    options: DojoRunOptions,
  ): Promise<DeploymentMergeResult>;
}
