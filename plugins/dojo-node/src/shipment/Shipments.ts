import type {
  ReleaseChoicesInput,
  ReviewedShipment,
  ShipmentPlan,
} from 'backstage-plugin-dojo-common';
import type { DojoPlanOptions } from '../access/DojoCallOptions';

/** What to plan a shipment of. @public */
export interface PlanShipmentRequest {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
  /** Name of one of `dojo.environments`. */
  readonly environment: string;
  /** What the person chose of the release; migration and deployment follow from it. */
  readonly choices: ReleaseChoicesInput;
}

/** What was reviewed. @public */
export interface CheckShipmentRequest extends PlanShipmentRequest {
  readonly reviewed: ReviewedShipment;
}

/**
 * Shipments of components: release, migration and deployment planned together. They are carried out by the three
 * capabilities themselves, each with its own reviewed plan.
 *
 * @public
 */
export interface Shipments {
  /**
   * Plans the release, and on top of it the migration and the deployment, writes nothing. Where nothing is to release they
   * are of the newest version. Needs `dojo.delivery.read` on the component.
   */
  plan(
    request: PlanShipmentRequest,
    options: DojoPlanOptions,
  ): Promise<ShipmentPlan>;

  /**
   * Ensures, before the first effect, that each plan is the reviewed one, or was carried out already by an earlier run of
   * it; writes nothing. Needs `dojo.delivery.read` on the component.
   *
   * @throws PLAN_CHANGED (conflict) where the branch has other commits than at the review, somebody changed the overlay, or
   * anything else changed.
   */
  check(
    request: CheckShipmentRequest,
    options: DojoPlanOptions,
  ): Promise<ShipmentPlan>;
}
