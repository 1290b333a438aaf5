import { nothingToRelease, plannedShipment } from '../testUtils';
import { reviewedShipmentOf } from './reviewed-shipment-of';
import { reviewedShipmentSchema } from './shipment-plan';

describe('reviewedShipmentOf', () => {
  it('has the hash of each plan, and the commit that the release was planned on', () => {
    const plan = plannedShipment();
    const { release, migration, deployment } = plan;
    expect(reviewedShipmentSchema.parse(reviewedShipmentOf(plan))).toEqual({
      base: release.plan.decides.base,
      release: release.planHash,
      afterRelease: release.planHash,
      migration: migration.kind === 'planned' && migration.result.planHash,
      deployment: deployment.kind === 'planned' && deployment.result.planHash,
      ...(deployment.kind === 'planned' &&
        deployment.result.plan.decides.since && {
          overlay: deployment.result.plan.decides.since,
        }),
    });
  });

  it('has none of what is not planned, nor a release that makes nothing', () => {
    const none = { kind: 'none' as const, reason: 'dev has no database.' };
    const release = nothingToRelease();
    expect(
      reviewedShipmentOf(
        plannedShipment({ release, migration: none, deployment: none }),
      ),
    ).toEqual({ base: release.plan.decides.base, release: release.planHash });
  });
});
