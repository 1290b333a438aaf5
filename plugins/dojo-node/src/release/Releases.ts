import type {
  ReleaseChoicesInput,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';

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
  /**
   * Commit of the branch that the reviewed plan was made on (`decides.base`). With it that conflict says to which commit the
   * branch moved; absent: it says only that the plan is another one.
   */
  readonly reviewedAt?: string;
}

/** The releases of components. @public */
export interface Releases {
  /**
   * Reads the real systems, writes nothing. Needs `dojo.delivery.read` on the component. With a planHash: a conflict where
   * that plan no longer holds, and what is left of it where it was carried out.
   */
  plan(
    request: StartReleaseRequest,
    options: DojoPlanOptions,
  ): Promise<ReleaseResult>;

  /**
   * Releases the component; running it again is always safe. Needs `dojo.release.create` on the component. Releases of one
   * component take turns.
   *
   * @returns all outcomes also where an effect failed (`outcome: 'failed'`).
   */
  release(
    request: StartReleaseRequest,
    options: DojoRunOptions,
  ): Promise<ReleaseResult>;
}
