/**
 * The dojo engines and their adapters.
 *
 * @packageDocumentation
 */
export { settle } from './effect/effect';
export type { Effect, Found, SettleOptions } from './effect/effect';
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
