import { awaitedCommit } from '../deployment/awaited-release';
import type { ShipmentPlan } from '../shipment/shipment-plan';
import { plannedDeployment } from './planned-deployment';
import { plannedMigration } from './planned-migration';
import { plannedRelease } from './planned-release';

/** The plans of a shipment of ledger to dev, 0.4.0, with those of its parts that are given. */
export function plannedShipment(
  parts: Partial<
    Pick<ShipmentPlan, 'release' | 'migration' | 'deployment'>
  > = {},
): ShipmentPlan {
  const release = plannedRelease();
  const { version } = plannedDeployment().plan.decides;
  const images = version?.images ?? [];
  const commit = awaitedCommit(release.plan.decides.base);
  const deployment = plannedDeployment(
    {},
    {
      version: { tag: 'v0.4.0', commit, images },
      release: { plan: release.planHash },
    },
  );
  return {
    component: 'component:default/ledger',
    environment: 'dev',
    version: '0.4.0',
    tag: 'v0.4.0',
    release,
    migration: { kind: 'planned', result: plannedMigration() },
    deployment: {
      kind: 'planned',
      result: { ...deployment, version: 'v0.4.0', baseSha: commit },
    },
    ...parts,
  };
}
