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
export type { EnvironmentsAccess } from './config/EnvironmentsAccess';
export type {
  Deployments,
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
  Migrations,
  PlanMigrationRequest,
  StartMigrationRequest,
} from './migration/Migrations';
export type { Versions } from './versions/Versions';
export type { OperationsAccess } from './operations/OperationsAccess';
export type {
  PlanReleaseRequest,
  Releases,
  StartReleaseRequest,
} from './release/Releases';
