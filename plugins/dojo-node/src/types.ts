import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Outcome,
  ReleaseChoicesInput,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';

/** What to plan a release of. @public */
export interface PlanReleaseRequest {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
  /** What the person chose; where it is released comes from the component's annotations only. */
  readonly choices: ReleaseChoicesInput;
}

/** What to release. @public */
export interface StartReleaseRequest extends PlanReleaseRequest {
  /** Of the reviewed plan: a conflict when the plan computed now is another one. */
  readonly planHash?: string;
}

/** Options of {@link DojoService.planRelease}. @public */
export interface DojoPlanOptions {
  /** Of the initiator: they are what is authorized, and what reads the catalog. */
  readonly credentials: BackstageCredentials;
  readonly signal: AbortSignal;
}

/** Options of {@link DojoService.release}. @public */
export interface DojoReleaseOptions extends DojoPlanOptions {
  /** One line per milestone; default: nowhere. */
  readonly log?: (line: string) => void;
  /** Called once per effect, as soon as its outcome is known. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/**
 * The dojo engines inside Backstage: who may, audit, credentials and configuration around `plan` and `execute`.
 *
 * Every method authorizes the initiator once, before anything is read or written, and throws an error of
 * `@backstage/errors` whose `dojo` field is the written form of the `DojoError` behind it.
 *
 * @public
 */
export interface DojoService {
  /** Reads the real systems, writes nothing. Needs `dojo.delivery.read` on the component. */
  planRelease(
    request: PlanReleaseRequest,
    options: DojoPlanOptions,
  ): Promise<ReleaseResult>;

  /**
   * Releases the component; running it again is always safe. Needs `dojo.release.create` on the component.
   *
   * @returns all outcomes also where an effect failed (`outcome: 'failed'`).
   */
  release(
    request: StartReleaseRequest,
    options: DojoReleaseOptions,
  ): Promise<ReleaseResult>;
}
