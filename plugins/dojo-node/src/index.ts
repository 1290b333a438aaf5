/**
 * The dojo engines inside Backstage.
 *
 * @packageDocumentation
 */
export type {
  DojoCallOptions,
  DojoPlanOptions,
  DojoRunOptions,
} from './access/DojoCallOptions';
export type {
  Deliveries,
  DeliveryCallOptions,
  DeliveryRequest,
} from './delivery/Deliveries';
export { dojoDeliveriesRef } from './delivery/dojoDeliveriesRef';
export { dojoDeliveryReadersRef } from './delivery/dojoDeliveryReadersRef';
export type {
  DeliveryReaders,
  DeliveryTarget,
  FollowHooks,
  InfraReading,
} from './delivery/read/DeliveryReaders';
export { dojoRunTopic } from './delivery/runs/runTopic';
export { readWebhookSecrets } from './config/readDojoConfig';
export { receiveWebhook } from './webhooks/receiveWebhook';
export type {
  ReceivedWebhook,
  WebhookSecrets,
} from './webhooks/receiveWebhook';
export type { WebhookForge, WebhookHeaders } from './webhooks/isSigned';
export type { EnvironmentsAccess } from './config/EnvironmentsAccess';
export type { Freeze } from './config/freezeAt';
export type {
  Deployments,
  LookAtDeploymentRequest,
  PlanDeploymentRequest,
  StartDeploymentRequest,
} from './deployment/Deployments';
export type {
  MergeDeploymentRequest,
  Merges,
  WaitingDeploymentRequest,
} from './deployment/Merges';
export type { DojoService } from './DojoService';
export { dojoServiceRef } from './dojoServiceRef';
export { fromDojoErrorJson, toBackstageError } from './errors/toBackstageError';
export type {
  LookAtMigrationRequest,
  Migrations,
  PlanMigrationRequest,
  StartMigrationRequest,
  VersionAhead,
} from './migration/Migrations';
export type { Versions } from './versions/Versions';
export type { OperationsAccess } from './operations/OperationsAccess';
export type { Rejections, RejectVersionRequest } from './rejection/Rejections';
export type {
  PlanReleaseRequest,
  Releases,
  StartReleaseRequest,
} from './release/Releases';
export type {
  CheckShipmentRequest,
  PlanShipmentRequest,
  Shipments,
} from './shipment/Shipments';
export { dojoRunsRef } from './runs/dojoRunsRef';
export type {
  FollowRunRequest,
  RunCallOptions,
  Runs,
  ShownPlan,
  StartRunRequest,
} from './runs/Runs';
export { dojoForgeTopic } from './service/forgeTopic';
export type {
  AwaitEntryRequest,
  CheckedService,
  CheckServiceRequest,
  ForgeEntries,
  ForgeEntry,
  PlanServiceRequest,
  PublishedService,
  PublishServiceRequest,
  Services,
} from './service/Services';
