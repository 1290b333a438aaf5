/**
 * The dojo engines inside Backstage.
 *
 * @packageDocumentation
 */
export { dojoServiceRef } from './dojoServiceRef';
export { fromDojoErrorJson, toBackstageError } from './errors/toBackstageError';
export type {
  DojoPlanOptions,
  DojoReleaseOptions,
  DojoService,
  PlanReleaseRequest,
  StartReleaseRequest,
} from './types';
