import type { GitIdentity } from 'backstage-plugin-dojo-common';
import type { Clock } from '../plan/clock';
import type { Beginning } from '../repository/first-commit';

/** What a new repository is made of. */
export interface NewRepository {
  /** Folder whose files it gets. */
  readonly folder: string;
  readonly message: string;
  readonly author: GitIdentity;
  readonly date: Date;
}

/** A repository that is whole, and not in its place yet. */
export interface DraftedRepository {
  readonly tree: string;
  readonly commit: string;
  /** Puts it into its place in one step. @returns whether it did; false where something is there already. */
  land(): Promise<boolean>;
  /** Removes what has not landed. */
  dispose(): Promise<void>;
}

/** What the image of a commit says of it. */
export interface CommitFacts {
  /** When the commit was made. */
  readonly created: Date;
  /** The version that its files name; 0.0.0 where they name none. */
  readonly version: string;
}

/** A forge whose repositories are folders that this machine writes. */
export interface LocalForge {
  /** @returns undefined where there is no such repository. */
  readBeginning(
    repository: string,
    signal: AbortSignal,
  ): Promise<Beginning | undefined>;
  draft(
    repository: string,
    content: NewRepository,
    signal: AbortSignal,
  ): Promise<DraftedRepository>;
  readFacts(
    repository: string,
    commit: string,
    signal: AbortSignal,
  ): Promise<CommitFacts>;
}

/** The images of commits, on a forge without a CI. */
export interface CommitImages {
  /** Digest of the commit's image; undefined where there is none. */
  find(
    image: string,
    commit: string,
    signal: AbortSignal,
  ): Promise<string | undefined>;
  make(
    image: string,
    commit: CommitFacts & { readonly service: string; readonly commit: string },
    signal: AbortSignal,
  ): Promise<void>;
}

/** What a service is published with. */
export interface PublishPorts {
  readonly forge: LocalForge;
  readonly images: CommitImages;
  readonly clock: Clock;
}
