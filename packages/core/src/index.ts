/**
 * The dojo engines and their adapters.
 *
 * @packageDocumentation
 */
export { settle } from './effect/effect';
export type { Effect, Found, SettleOptions } from './effect/effect';
export { createForgeOpener } from './forge/create-forge-opener';
export type {
  ForgeOpenerOptions,
  GithubConfig,
} from './forge/create-forge-opener';
export { createGitOpener } from './git/git-opener';
export type { GitOpenerOptions } from './git/git-opener';
export { createImageOpener } from './oci/create-image-opener';
export type {
  ImageOpenerOptions,
  RegistryConfig,
} from './oci/create-image-opener';
export { release } from './release/release';
export type { ReleaseOptions } from './release/release';
export type {
  Clock,
  Forge,
  ForgeRelease,
  GitRepository,
  ImageManifest,
  ImageRepository,
  ReleasePorts,
} from './release/ports';
