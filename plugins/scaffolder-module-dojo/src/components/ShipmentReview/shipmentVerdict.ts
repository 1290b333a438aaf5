import { isAlreadyDone, refusalsOf } from 'backstage-plugin-dojo-common';
import type { ShipmentPlan } from 'backstage-plugin-dojo-common';
import { deploymentVerdict } from '../DeploymentPlanReview/deploymentVerdict';

/** What becomes of a shipment when it is confirmed now. `runs` is the only one that can be. */
export type ShipmentVerdict =
  | { readonly kind: 'runs' }
  /** None of its parts would change anything. */
  | { readonly kind: 'nothing' }
  /** One of its parts may not run: it says why. */
  | { readonly kind: 'refused' };

/** Judges the three plans together: a shipment that would stop half way is not begun. */
export function shipmentVerdict({
  release,
  migration,
  deployment,
}: Pick<
  ShipmentPlan,
  'release' | 'migration' | 'deployment'
>): ShipmentVerdict {
  const { decides } = release.plan;
  const migrates = migration.kind === 'planned' ? migration.result.plan : null;
  if (migrates && refusalsOf(migrates.shows.findings).length > 0) {
    return { kind: 'refused' };
  }
  const deploys =
    deployment.kind === 'planned'
      ? deploymentVerdict(deployment.result.plan).kind
      : 'nothing';
  if (deploys !== 'runs' && deploys !== 'nothing') return { kind: 'refused' };
  const isWork =
    decides.release !== undefined ||
    decides.finish !== undefined ||
    (migrates !== null && !isAlreadyDone(migrates)) ||
    deploys === 'runs';
  return { kind: isWork ? 'runs' : 'nothing' };
}
