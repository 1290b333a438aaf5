import type { NewRelease } from 'backstage-plugin-dojo-common';
import type { EffectStep } from '../../effect/effect-step';
import type {
  Forge,
  GitRepository,
  ImageRepository,
  ReleaseCommit,
} from '../ports';

/** What the effects of a release are made from once they are settled. */
export interface ReleaseRun {
  readonly planHash: string;
  readonly repository: GitRepository;
  /** Path of the changelog in the repository, or `none`. */
  readonly changelog: string;
  openImage(repository: string): ImageRepository;
  /** The repository's forge. It throws where there is none, which no plan with a forge release has. */
  openForge(): Forge;
  /** Commit and tag of the new release. */
  toCommit(release: NewRelease): ReleaseCommit;
  /** Called once the remote was seen to hold the release, with the commit that its tag leads to. */
  onCommit(oid: string): void;
  /** Called once the forge was seen to show the release of a tag. */
  onPublished(tag: string, url: string): void;
}

/** An effect of a release, which needs a part of the run. */
export type ReleaseStep<TNeeds extends keyof ReleaseRun = keyof ReleaseRun> =
  EffectStep<Pick<ReleaseRun, TNeeds>>;
