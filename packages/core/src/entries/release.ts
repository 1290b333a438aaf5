/**
 * The release engine, and its adapters for forges and image registries.
 *
 * @packageDocumentation
 */
export {
  createForgeOpener,
  createPullRequestOpener,
} from '../forge/create-forge-opener';
export type {
  ForgeOpenerOptions,
  GithubConfig,
  GitlabConfig,
  PullRequestOpenerOptions,
} from '../forge/create-forge-opener';
export { createImageOpener } from '../oci/create-image-opener';
export type {
  ImageOpenerOptions,
  RegistryConfig,
} from '../oci/create-image-opener';
export { readDockerConfig } from '../oci/docker-config';
export { isImageLayout } from '../oci/layout/parse-image-layout';
export { parseImageRepository } from '../oci/parse-image-repository';
export { release } from '../release/release';
export type { ReleaseOptions } from '../release/release';
export { parseCommitLog, reportCommits } from '../release/report-commits';
export type { ReportCommitsOptions } from '../release/report-commits';
export type {
  Forge,
  ForgeRelease,
  GitRepository,
  ImageManifest,
  ImageRepository,
  ReleasePorts,
} from '../release/ports';
export { observeStanding } from '../release/standing/observe-standing';
export type {
  NotedRejection,
  Standing,
  StandingOptions,
  StandingRequest,
} from '../release/standing/standing';
