import {
  deliveriesSchema,
  deliveryHistorySchema,
  deliveryMeasuresSchema,
  deliverySchema,
} from '../delivery';
import { deploymentResultSchema } from '../deployment/deployment-result';
import { deploymentPlanBodySchema } from '../deployment/deployment-routes';
import { deploymentMergeResultSchema } from '../deployment/merge-request';
import { migrationResultSchema } from '../migration/migration-result';
import { migrationPlanBodySchema } from '../migration/migration-routes';
import { operationSchema } from '../operation';
import { serviceResultSchema } from '../service/service-plan';
import { releaseResultSchema } from '../release/release-result';
import { shipmentPlanSchema } from '../shipment/shipment-plan';
import {
  commitVerdict,
  deliveriesPage,
  deliveryMeasures,
  deploymentBody,
  executedDeployment,
  executedMigration,
  executedRelease,
  failedRollout,
  frozenDeployment,
  healthyDelivery,
  ledgerDelivery,
  ledgerHistory,
  mergedDeployment,
  migrationBody,
  nothingToDeploy,
  nothingToMigrate,
  nothingToRelease,
  nothingToRestore,
  notSetUpDelivery,
  operation,
  plannedApply,
  plannedDeployment,
  plannedMigration,
  plannedPromotion,
  plannedRelease,
  plannedRestore,
  plannedRollback,
  plannedShipment,
  plannedService,
  refusedDeployment,
  refusedMigration,
  rehearsed,
  releaseToFinish,
  shownMigration,
  silentDelivery,
  unreleasedDelivery,
  viewedDelivery,
  waitingDeployment,
} from './index';

const failed = executedRelease('failed', [
  { kind: 'waiting', key: 'image', detail: 'it is being built' },
]);
const rehearsal = rehearsed({ split: ['0015_integrity'] });

describe('the results for tests', () => {
  it.each([
    ['plannedRelease', releaseResultSchema, plannedRelease()],
    [
      'commitVerdict',
      releaseResultSchema,
      plannedRelease({
        commits: [commitVerdict('1', 'x', { level: 'none', reason: 'x' })],
      }),
    ],
    ['nothingToRelease', releaseResultSchema, nothingToRelease()],
    ['nothingToRelease of none', releaseResultSchema, nothingToRelease('none')],
    ['plannedService', serviceResultSchema, plannedService()],
    ['releaseToFinish', releaseResultSchema, releaseToFinish()],
    ['executedRelease', releaseResultSchema, failed],
    ['waitingDeployment', deploymentMergeResultSchema, waitingDeployment()],
    ['mergedDeployment', deploymentMergeResultSchema, mergedDeployment()],
    ['plannedMigration', migrationResultSchema, plannedMigration()],
    [
      'shownMigration',
      migrationResultSchema,
      plannedMigration({ migrations: [shownMigration({ id: '0001_core' })] }),
    ],
    ['nothingToMigrate', migrationResultSchema, nothingToMigrate()],
    ['plannedShipment', shipmentPlanSchema, plannedShipment()],
    ['plannedRestore', migrationResultSchema, plannedRestore()],
    ['nothingToRestore', migrationResultSchema, nothingToRestore()],
    ['refusedMigration', migrationResultSchema, refusedMigration()],
    ['executedMigration', migrationResultSchema, executedMigration()],
    ['rehearsed', migrationResultSchema, plannedMigration({ rehearsal })],
    ['plannedDeployment', deploymentResultSchema, plannedDeployment()],
    ['plannedPromotion', deploymentResultSchema, plannedPromotion()],
    ['plannedRollback', deploymentResultSchema, plannedRollback()],
    ['nothingToDeploy', deploymentResultSchema, nothingToDeploy()],
    ['refusedDeployment', deploymentResultSchema, refusedDeployment()],
    ['frozenDeployment', deploymentResultSchema, frozenDeployment()],
    ['plannedApply', deploymentResultSchema, plannedApply()],
    ['failedRollout', deploymentResultSchema, failedRollout()],
    ['executedDeployment', deploymentResultSchema, executedDeployment()],
    ['ledgerDelivery', deliverySchema, ledgerDelivery()],
    ['healthyDelivery', deliverySchema, healthyDelivery()],
    ['unreleasedDelivery', deliverySchema, unreleasedDelivery()],
    ['viewedDelivery', deliverySchema, viewedDelivery()],
    ['silentDelivery', deliverySchema, silentDelivery()],
    ['notSetUpDelivery', deliverySchema, notSetUpDelivery()],
    ['ledgerHistory', deliveryHistorySchema, ledgerHistory()],
    ['deliveryMeasures', deliveryMeasuresSchema, deliveryMeasures()],
    ['deliveriesPage', deliveriesSchema, deliveriesPage()],
    [
      'operation',
      operationSchema,
      operation({ state: 'done', result: plannedMigration() }),
    ],
  ])(
    '%s is what its schema says, and holds nothing else',
    (_, schema, value) => {
      expect(schema.parse(value)).toEqual(value);
    },
  );

  it('migrationBody is what a plan is asked for with, and no more', () => {
    expect(migrationPlanBodySchema.parse(migrationBody)).toMatchObject(
      migrationBody,
    );
  });

  it('deploymentBody is what a plan is asked for with, and no more', () => {
    expect(deploymentPlanBodySchema.parse(deploymentBody)).toEqual(
      deploymentBody,
    );
  });

  it('are made anew by each call, so that a test may change its own', () => {
    const made = plannedMigration();
    made.plan.shows.findings.push(...refusedMigration().plan.shows.findings);
    made.plan.decides.migrations.length = 0;

    expect(plannedMigration().plan.shows.findings).toEqual([]);
    expect(plannedMigration().plan.decides.migrations).toHaveLength(2);
  });
});
