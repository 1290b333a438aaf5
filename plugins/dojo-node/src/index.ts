/**
 * The dojo engines inside Backstage.
 *
 * @packageDocumentation
 */
export { dojoServiceRef } from './dojoServiceRef';
export { fromDojoErrorJson, toBackstageError } from './errors/toBackstageError';
export type {
  DojoCallOptions,
  DojoMigrateOptions,
  DojoPlanOptions,
  DojoReleaseOptions,
  DojoService,
  PlanMigrationRequest,
  PlanReleaseRequest,
  StartMigrationRequest,
  StartReleaseRequest,
} from './types';
