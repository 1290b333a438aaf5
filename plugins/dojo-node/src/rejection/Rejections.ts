import type { RejectionResult } from 'backstage-plugin-dojo-common';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';

/** Which version is rejected, and why. @public */
export interface RejectVersionRequest {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
  /** Its tag, such as `v0.4.1`. */
  readonly version: string;
  /** In a sentence, at most 500 characters. */
  readonly reason: string;
}

/**
 * Versions that are not to be deployed any more: a note at the tagged commit, in the component's own repository. Such a
 * version is refused by name and by promotion in every environment, and never as the way back.
 *
 * @public
 */
export interface Rejections {
  /** Whether it would be noted, or is already; writes nothing. Needs `dojo.delivery.read` on the component. */
  plan(
    request: RejectVersionRequest,
    options: DojoPlanOptions,
  ): Promise<RejectionResult>;

  /**
   * Notes it; running it again is always safe. Needs `dojo.deployment.create` on the component, and no environment: what is
   * rejected is kept from all of them.
   */
  reject(
    request: RejectVersionRequest,
    options: DojoRunOptions,
  ): Promise<RejectionResult>;
}
