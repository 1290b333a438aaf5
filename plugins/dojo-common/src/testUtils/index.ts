/**
 * Results of the engines for tests: each is valid by its schema, is made anew by each call, and is changed by what the
 * test is about.
 *
 * @packageDocumentation
 */
export { commitVerdict } from './commit-verdict';
export { blockedAction, deliveryAction } from './delivery-action';
export { deliveryLine, waitingCommit } from './delivery-commit';
export {
  autoscaledReplicas,
  deliveryEnvironment,
  emptyEnvironment,
  imageDigest,
  unobservedEnvironment,
} from './delivery-environment';
export { deploymentEntry, ledgerHistory } from './delivery-history';
export { currentSource, ledgerDelivery } from './delivery-ledger';
export type { DeliveryAnswer } from './delivery-ledger';
export { deliveriesPage, deliveryRow, ledgerRow } from './delivery-list';
export { deliveryMeasures, environmentMeasures } from './delivery-measures';
export { deliveryRelease } from './delivery-release';
export {
  healthyDelivery,
  notSetUpDelivery,
  silentDelivery,
  unreleasedDelivery,
  viewedDelivery,
} from './delivery-states';
export { before, deliveryNow } from './delivery-time';
export { deploymentBody } from './deployment-body';
export { executedDeployment } from './executed-deployment';
export { executedMigration } from './executed-migration';
export { executedRelease } from './executed-release';
export { failedRollout } from './failed-rollout';
export { frozenDeployment } from './frozen-deployment';
export { mergedDeployment } from './merged-deployment';
export { migrationBody } from './migration-body';
export { nothingToDeploy } from './nothing-to-deploy';
export { nothingToMigrate } from './nothing-to-migrate';
export { nothingToRelease } from './nothing-to-release';
export { nothingToRestore } from './nothing-to-restore';
export { operation } from './operation';
export { plannedApply } from './planned-apply';
export { plannedDeployment } from './planned-deployment';
export { plannedMigration } from './planned-migration';
export { plannedPromotion } from './planned-promotion';
export { plannedRelease } from './planned-release';
export { plannedRestore } from './planned-restore';
export { plannedRollback } from './planned-rollback';
export { plannedShipment } from './planned-shipment';
export { plannedService } from './planned-service';
export { refusedDeployment } from './refused-deployment';
export { refusedMigration } from './refused-migration';
export { rehearsed } from './rehearsed';
export { releaseToFinish } from './release-to-finish';
export { shownMigration } from './shown-migration';
export { waitingDeployment } from './waiting-deployment';
