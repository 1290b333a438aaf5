import type {
  AwaitedRelease,
  DeploymentChoicesInput,
  DeploymentResult,
} from 'backstage-plugin-dojo-common';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';

/** What to plan a deployment of. @public */
export interface PlanDeploymentRequest {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
  /** Name of one of `dojo.environments`. */
  readonly environment: string;
  /**
   * What the person chose: exactly one of `version`, `promoteFrom`, `rollbackTo` and `prepare`, and more. Where overlay and base are
   * comes from the configuration and the component's annotations.
   */
  readonly choices: DeploymentChoicesInput;
}

/** What to deploy. @public */
export interface StartDeploymentRequest extends PlanDeploymentRequest {
  /** Of the reviewed plan: a conflict when the plan computed now is another one. */
  readonly planHash?: string;
  /**
   * Commit of the infra repository that had last changed the overlay at the review (`decides.since`). With it that conflict
   * names the commit that changed it since; absent: it says only that the plan is another one.
   */
  readonly reviewedAt?: string;
}

/** What to look at. @public */
export interface LookAtDeploymentRequest extends StartDeploymentRequest {
  /** What a release will make that is not made yet; default: nothing is awaited. */
  readonly awaited?: AwaitedRelease;
}

/** The deployments of components. @public */
export interface Deployments {
  /**
   * Reads overlay, base and image, writes nothing. Needs `dojo.delivery.read` on the component. What would be refused is in
   * the plan: `shows.findings` of severity `error`, and `shows.frozen`. With a planHash: a conflict where that plan no longer
   * holds.
   */
  plan(
    request: LookAtDeploymentRequest,
    options: DojoPlanOptions,
  ): Promise<DeploymentResult>;

  /**
   * Changes the overlay by one commit, or asks for that change on a branch of its own (`outcome: 'requested'`); running it
   * again is always safe. Needs `dojo.deployment.create` on the component and `dojo.environment.change` on the environment.
   *
   * @returns all outcomes also where an effect failed (`outcome: 'failed'`).
   */
  deploy(
    request: StartDeploymentRequest,
    options: DojoRunOptions,
  ): Promise<DeploymentResult>;
}
