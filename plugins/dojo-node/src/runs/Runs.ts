import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AgentOperation,
  DeploymentResult,
  MigrationResult,
  ReleaseResult,
  StartedRun,
} from 'backstage-plugin-dojo-common';

/** What is started: a verb, on what, and the plan that was reviewed. @public */
export type StartRunRequest = {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
  readonly planHash: string;
} & (
  | {
      readonly verb: 'release';
      readonly branch?: string;
      readonly bump?: string;
    }
  | {
      readonly verb: 'migration';
      readonly environment: string;
      readonly operation?: 'migrate' | 'rebuild-caches' | 'restore';
      readonly version?: string;
      readonly backup?: string;
    }
  | {
      readonly verb: 'deployment';
      readonly environment: string;
      readonly version?: string;
      readonly promoteFrom?: string;
      readonly rollbackTo?: string;
    }
);

/** A plan that somebody was shown, with what it is of. @public */
export type ShownPlan = {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
} & (
  | { readonly verb: 'release'; readonly result: ReleaseResult }
  | {
      readonly verb: 'migration';
      readonly environment: string;
      readonly result: MigrationResult;
    }
  | {
      readonly verb: 'deployment';
      readonly environment: string;
      readonly result: DeploymentResult;
    }
);

/** What is asked of a run. @public */
export interface FollowRunRequest {
  /** `task:<uuid>` or `rehearsal:<32 hex>`. */
  readonly id: string;
  /** Lines of its log after this one; default: from its first. */
  readonly after?: number;
  /** Milliseconds that may pass before the answer where there is no news; default: 0. */
  readonly waitMs?: number;
}

/** Options of a call. @public */
export interface RunCallOptions {
  /** Of the initiator: they are what is authorized, and who the run belongs to. */
  readonly credentials: BackstageCredentials;
  readonly signal?: AbortSignal;
}

/**
 * Runs of the suite's templates, as an agent starts and follows them: the same tasks that the page starts.
 *
 * @public
 */
export interface Runs {
  /**
   * Keeps of a plan what its start says of the review, so that a run has the name of its plan also where the portal is too
   * busy to plan again within the time of a start. Never throws.
   */
  shown(plan: ShownPlan): Promise<void>;

  /**
   * Starts the template of the verb, where the plan is still the reviewed one; answers within two seconds. The same start
   * again returns the run that it started, and once that has succeeded `already`. Needs what the verb needs.
   *
   * @throws DojoError PERMISSION_DENIED, before anything is read; PLAN_CHANGED; RUNNING where another run changes
   * the same; RUN_TEMPLATE_MISSING; what the plan is refused with.
   */
  start(request: StartRunRequest, options: RunCallOptions): Promise<StartedRun>;

  /**
   * How a run stands. A deployment that waits for its merge is `waiting`, and `succeeded` once it has landed, also long
   * after its task.
   *
   * @throws DojoError OPERATION_NOT_FOUND, also of what the initiator may not read.
   */
  follow(
    request: FollowRunRequest,
    options: RunCallOptions,
  ): Promise<AgentOperation>;
}
