import { reviewedShipmentOf } from 'backstage-plugin-dojo-common';
import type { ShipmentPlan } from 'backstage-plugin-dojo-common';
import { shipmentVerdict } from '../../components/ShipmentReview/shipmentVerdict';
import type { ShipReviewValue } from './schema';

/** What goes with the form for a shipment; absent where a part of it may not run, or none would change anything. */
export function shipValueOf(
  plan: ShipmentPlan,
  what: string,
): ShipReviewValue | undefined {
  const { version, tag, release } = plan;
  if (shipmentVerdict(plan).kind !== 'runs') return undefined;
  if (version === undefined || tag === undefined) return undefined;
  const reviewed = reviewedShipmentOf(plan);
  const date = release.plan.decides.release?.date;
  return {
    planHash: [reviewed.release, reviewed.migration, reviewed.deployment]
      .map(hash => hash ?? 'none')
      .join(' '),
    what,
    version,
    tag,
    ...(date !== undefined && { date }),
    ...reviewed,
  };
}
