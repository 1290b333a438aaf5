/**
 * Plan and outcome types, schemas, annotations and the error type of the dojo plugins.
 *
 * @packageDocumentation
 */
export * from './agent';
export { dojoAnnotations } from './annotations';
export {
  childNoticeSchema,
  childRequestSchema,
  maxChildRequestBytes,
} from './child-request';
export type { ChildNotice, ChildRequest } from './child-request';
export {
  awaitedCommit,
  awaitedReleaseSchema,
  isAwaitedCommit,
} from './deployment/awaited-release';
export type { AwaitedRelease } from './deployment/awaited-release';
export * from './delivery';
export { parseBaseAddress } from './deployment/base-address';
export type { BaseAddress } from './deployment/base-address';
export type { DatabaseLevel } from './deployment/database-level';
export { deploymentChildRequestSchema } from './deployment/deployment-child-request';
export type {
  ClusterAccess,
  DeploymentAccess,
  DeploymentChildRequest,
} from './deployment/deployment-child-request';
export { deploymentChoicesSchema } from './deployment/deployment-choices';
export type {
  DeploymentChoices,
  DeploymentChoicesInput,
} from './deployment/deployment-choices';
export {
  deploymentPlanBodySchema,
  deploymentPlanFieldsSchema,
} from './deployment/deployment-routes';
export type { DeploymentPlanBody } from './deployment/deployment-routes';
export { deploymentBlockSchema } from './deployment/deployment-block';
export type { DeploymentBlock } from './deployment/deployment-block';
export {
  deploymentMergeChildRequestSchema,
  deploymentMergeRequestSchema,
  deploymentMergeResultSchema,
} from './deployment/merge-request';
export type {
  DeploymentMergeChildRequest,
  DeploymentMergeRequest,
  DeploymentMergeResult,
} from './deployment/merge-request';
export {
  deploymentMergeBodySchema,
  waitingDeploymentSchema,
} from './deployment/merge-routes';
export type {
  DeploymentMergeBody,
  WaitingDeployment,
} from './deployment/merge-routes';
export { deploymentFindingSchema } from './deployment/deployment-finding';
export type { DeploymentFinding } from './deployment/deployment-finding';
export { deploymentPlanSchema } from './deployment/deployment-plan';
export type {
  ClusterDecides,
  DeployedVersion,
  DeploymentDecides,
  DeploymentPlan,
  DeploymentShows,
  ImagePin,
} from './deployment/deployment-plan';
export {
  deploymentFieldsSchema,
  deploymentModeSchema,
  deploymentRequestSchema,
  refineDeployment,
  refineDeploymentChoices,
} from './deployment/deployment-request';
export type {
  DeploymentMode,
  DeploymentRequest,
  DeploymentRequestInput,
} from './deployment/deployment-request';
export { deploymentResultSchema } from './deployment/deployment-result';
export type {
  DeploymentResult,
  DeploymentRollback,
} from './deployment/deployment-result';
export { failureCauseSchema } from './deployment/failure-cause';
export type { DeploymentFailureCause } from './deployment/failure-cause';
export { objectDiffSchema } from './deployment/object-diff';
export type { ObjectDiff } from './deployment/object-diff';
export { syncSourceSchema } from './deployment/sync-source';
export type { SyncSource } from './deployment/sync-source';
export { summaryOfDeployment } from './deployment/summary-of-deployment';
export {
  healthStatusSchema,
  objectHealthSchema,
} from './deployment/object-health';
export type { HealthStatus, ObjectHealth } from './deployment/object-health';
export { DojoClient } from './dojo-client';
export type { DojoClientOptions, DojoRequestOptions } from './dojo-client';
export { DojoError, dojoErrorSchema, isDojoError } from './dojo-error';
export type { ErrorCode, FindingCode } from './error-codes';
export type { DojoErrorJson, DojoErrorKind } from './dojo-error';
export { environmentSchema, environmentsSchema } from './environment';
export type { Environment } from './environment';
export type { FileDiff, Splice } from './file-change';
export { migrationRehearsalSchema, operationSchema } from './operation';
export type { Operation, OperationOf } from './operation';
export { describeOutcome, firstUnsettled, outcomeSchema } from './outcome';
export type { Outcome, UnsettledOutcome } from './outcome';
export { listProblems, parseInput } from './parse-input';
export {
  migrationCheckSchema,
  migrationFindingSchema,
  sentenceOfFinding,
} from './migration/migration-finding';
export type {
  MigrationCheck,
  MigrationFinding,
} from './migration/migration-finding';
export {
  databaseStatusChildRequestSchema,
  databaseStatusSchema,
} from './migration/database-status';
export type {
  DatabaseStatus,
  DatabaseStatusChildRequest,
} from './migration/database-status';
export { migrationChildRequestSchema } from './migration/migration-child-request';
export type { MigrationChildRequest } from './migration/migration-child-request';
export { isAlreadyDone, migrationPlanSchema } from './migration/migration-plan';
export type {
  DecidedFile,
  MigrationDecides,
  MigrationPlan,
  MigrationShows,
  Rehearsal,
  ShownBackup,
  ShownMigration,
  ShownStatement,
} from './migration/migration-plan';
export {
  backupIdSchema,
  migrationChoicesSchema,
  migrationRequestSchema,
  storageVersionSchema,
} from './migration/migration-request';
export type {
  MigrationChoices,
  MigrationChoicesInput,
  MigrationRequest,
  MigrationRequestInput,
} from './migration/migration-request';
export { migrationResultSchema } from './migration/migration-result';
export type { MigrationResult } from './migration/migration-result';
export { summaryOfMigration } from './migration/summary-of-migration';
export type { MigratedPlace } from './migration/summary-of-migration';
export { refusalsOf } from './migration/refusals-of';
export { migrationPlanBodySchema } from './migration/migration-routes';
export type { MigrationPlanBody } from './migration/migration-routes';
export { componentVersionsSchema } from './component-versions';
export type { ComponentVersions } from './component-versions';
export { planHashSchema } from './plan-hash';
export type { PlannedEffect } from './planned-effect';
export { shortOid } from './short-oid';
export {
  commitReportSchema,
  commitVerdictSchema,
  plannedCommitSchema,
} from './release/commit-verdict';
export type {
  BumpLevel,
  CommitFooter,
  CommitReport,
  CommitVerdict,
  PlannedCommit,
} from './release/commit-verdict';
export {
  isBump,
  isBumpWord,
  movingTagSchema,
  releaseChoicesSchema,
  releaseRequestSchema,
  toBump,
} from './release/release-request';
export type {
  ReleaseChoices,
  ReleaseChoicesInput,
  ReleaseRequest,
  ReleaseRequestInput,
} from './release/release-request';
export { releasePlanSchema } from './release/release-plan';
export type {
  FileEdit,
  GitIdentity,
  NewRelease,
  PlannedImage,
  ReleaseDecides,
  ReleasePlan,
  ReleasePromise,
  ReleaseShows,
  ReleaseVersionChoices,
} from './release/release-plan';
export { releaseChildRequestSchema } from './release/release-child-request';
export type {
  ReleaseAccess,
  ReleaseChildRequest,
} from './release/release-child-request';
export { releaseResultSchema } from './release/release-result';
export type { ReleaseResult } from './release/release-result';
export { summaryOfRelease } from './release/summary-of-release';
export { releasePlanBodySchema } from './release/release-plan-route';
export type { ReleasePlanBody } from './release/release-plan-route';
export { versionSchema } from './version';
export {
  reviewedShipmentSchema,
  shipmentPlanBodySchema,
  shipmentPlanSchema,
} from './shipment/shipment-plan';
export type {
  ReviewedShipment,
  ShipmentPlan,
  ShipmentPlanBody,
} from './shipment/shipment-plan';
export { rejectionFieldsSchema } from './rejection/rejection-request';
export type { RejectionFields } from './rejection/rejection-request';
export { rejectionResultSchema } from './rejection/rejection-result';
export type {
  RejectionResult,
  VersionRejection,
} from './rejection/rejection-result';
export { summaryOfRejection } from './rejection/summary-of-rejection';
export { reviewedShipmentOf } from './shipment/reviewed-shipment-of';
export { problemOfServiceName } from './service/service-name';
export {
  plannedOverlaySchema,
  servicePlanHashesSchema,
  servicePlanSchema,
  serviceProblemSchema,
  serviceResultSchema,
  serviceValuesSchema,
} from './service/service-plan';
export type {
  PlannedOverlay,
  ServicePlan,
  ServicePlanHashes,
  ServiceProblem,
  ServiceResult,
  ServiceValues,
} from './service/service-plan';
export {
  refineService,
  serviceFieldsSchema,
  serviceForgeSchema,
  serviceRequestSchema,
} from './service/service-request';
export type {
  ServiceForge,
  ServiceRequest,
  ServiceRequestInput,
} from './service/service-request';
export { servicePlanBodySchema } from './service/service-routes';
export type { ServicePlanBody } from './service/service-routes';
