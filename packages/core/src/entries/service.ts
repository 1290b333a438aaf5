/**
 * New services: their plan, and their way into a local forge.
 *
 * @packageDocumentation
 */
export { createLocalForge } from '../git/bare/create-local-forge';
export type { LocalForgeOptions } from '../git/bare/create-local-forge';
export { readHeadFiles } from '../git/bare/read-head-files';
export type { HeadFile, HeadFilesOptions } from '../git/bare/read-head-files';
export { createCommitImages } from '../oci/layout/create-commit-images';
export { readWorkspace } from '../local/workspace-files';
export type { WorkspaceFile, WorkspaceLimits } from '../local/workspace-files';
export { planHash } from '../plan/plan-hash';
export { agreeOnPlan } from '../plan/agree-on-plan';
export { readBeginning } from '../repository/first-commit';
export type { Beginning } from '../repository/first-commit';
export { firstVersion, planService } from '../service/plan-service';
export type { ServiceToPlan } from '../service/plan-service';
export type { CommitImages, LocalForge, PublishPorts } from '../service/ports';
export { publishService } from '../service/publish-service';
export type {
  Published,
  PublishOptions,
  PublishRequest,
} from '../service/publish-service';
export { firstMessage, markIn, serviceMark } from '../service/service-mark';
export type {
  ServiceEnvironment,
  ServiceState,
} from '../service/service-state';
export { servicePlaces, serviceValues } from '../service/service-values';
export type { ServicePlaces } from '../service/service-values';
