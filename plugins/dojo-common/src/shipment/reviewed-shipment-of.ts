import type { ReviewedShipment, ShipmentPlan } from './shipment-plan';

/** The identities of the plans of a shipment, as whoever reviews them gives them back. */
export function reviewedShipmentOf({
  release,
  migration,
  deployment,
}: Pick<
  ShipmentPlan,
  'release' | 'migration' | 'deployment'
>): ReviewedShipment {
  const { planHash, plan } = release;
  return {
    base: plan.decides.base,
    release: planHash,
    ...(plan.decides.release && { afterRelease: planHash }),
    ...(migration.kind === 'planned' && {
      migration: migration.result.planHash,
    }),
    ...(deployment.kind === 'planned' && {
      deployment: deployment.result.planHash,
      ...(deployment.result.plan.decides.since !== undefined && {
        overlay: deployment.result.plan.decides.since,
      }),
    }),
  };
}
