import type { GitIdentity } from 'backstage-plugin-dojo-common';
import type { ForgePage } from '../repository/repository-links';
import type { Clock } from '../plan/clock';
import type {
  CommitRange,
  ObservedCommit,
  ObservedFile,
  RemoteRefs,
  TagObject,
} from '../repository/repository-data';

/** A commit and an annotated tag to be made of it, pushed together or not at all. */
export interface ReleaseCommit {
  readonly base: string;
  readonly branch: string;
  readonly files: readonly {
    readonly path: string;
    readonly mode: '100644' | '100755';
    readonly text: string;
  }[];
  readonly message: string;
  readonly author: GitIdentity;
  readonly tag: string;
  readonly tagMessage: string;
  /** Committer's and tagger's date; the author's date is the base commit's. */
  readonly date: Date;
}

/** One remote repository over one temporary bare repository, for the length of one run. */
export interface GitRepository {
  /** The URL as a reader may see it: no credentials. */
  readonly display: string;
  /** What a reader should know of how this repository could be read; grows while it is. */
  readonly warnings: readonly string[];
  readRefs(signal: AbortSignal): Promise<RemoteRefs>;
  /**
   * Commits reachable from `head` and not from `since`, which is proved to be an ancestor; with a path those that changed
   * something below it.
   * @returns undefined where `since` is not an ancestor of `head`.
   */
  readCommits(
    range: {
      readonly head: string;
      readonly since?: { readonly ref: string; readonly commit: string };
      readonly cap: number;
      readonly path?: string;
    },
    signal: AbortSignal,
  ): Promise<CommitRange | undefined>;
  /** Which of the commits are ancestors of `head` (or it); the slow way, for what `readCommits` could not prove. */
  readAncestors(
    head: string,
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>>;
  /**
   * Files at each of the commits, one round trip for each depth of their trees and one for their blobs.
   * @param maxBytesOf so many are read of a file; of a larger one only its size.
   * @returns per commit, one file per path, in the orders given.
   */
  readFiles(
    commits: readonly string[],
    paths: readonly string[],
    signal: AbortSignal,
    maxBytesOf?: (path: string) => number,
  ): Promise<ObservedFile[][]>;
  /** Full name, as the last `readRefs` saw it. @returns undefined for a lightweight tag, and where there is none. */
  readTag(ref: string, signal: AbortSignal): Promise<TagObject | undefined>;
  readCommit(
    oid: string,
    signal: AbortSignal,
  ): Promise<ObservedCommit & { readonly tree: string }>;
  /** The tree that the files make over the base's tree. */
  writeTree(commit: ReleaseCommit, signal: AbortSignal): Promise<string>;
  /** One atomic push with leases: branch at the base, tag absent. Throws where the remote rejects it. */
  pushRelease(
    commit: ReleaseCommit,
    signal: AbortSignal,
  ): Promise<{ readonly commit: string; readonly tag: string }>;
  /** Removes the temporary repository. */
  dispose(): Promise<void>;
}

/** A manifest as the registry holds it, with the digest of its very bytes. */
export interface ImageManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** One image repository: of one registry, or a folder of this machine. */
export interface ImageRepository {
  /** `ghcr.io/acme/ledger`, `oci:images/ledger` */
  readonly name: string;
  /** By tag or digest. @returns undefined where it is not there. */
  readManifest(
    reference: string,
    signal: AbortSignal,
  ): Promise<ImageManifest | undefined>;
  /** Digest of a tag by HEAD. @returns undefined where it is not there. */
  readDigest(tag: string, signal: AbortSignal): Promise<string | undefined>;
  /** Revision labels of every platform: config label, else manifest or index annotation. */
  readRevisions(
    manifest: ImageManifest,
    signal: AbortSignal,
  ): Promise<string[]>;
  /**
   * PUT of the exact bytes under a tag or the digest. A tag that holds the digest is left as it is; one that holds
   * another is left alone and thrown (conflict), unless `overwrite`.
   */
  putManifest(
    reference: string,
    manifest: ImageManifest,
    signal: AbortSignal,
    options?: { readonly overwrite?: boolean },
  ): Promise<void>;
}

/** A release as the forge shows it. */
export interface ForgeRelease {
  readonly tag: string;
  readonly url: string;
  readonly name: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
}

/** The forge's releases of one repository. */
export interface Forge {
  readonly kind: 'github';
  readonly webUrl: string;
  /** @returns undefined where no release has the tag. */
  readRelease(
    tag: string,
    signal: AbortSignal,
  ): Promise<ForgeRelease | undefined>;
  /**
   * Throws where there is no token or it does not see the repository: asked before the first write, so that a release
   * does not stop half-way for it.
   */
  verifyAccess(signal: AbortSignal): Promise<void>;
  /**
   * One POST of a published release. Where the tag has a release already, that one is returned. The forge itself calls
   * the highest stable version the latest. `notesUrl` is where a reader finds notes that are too long for the forge.
   */
  createRelease(
    release: {
      readonly tag: string;
      readonly name: string;
      readonly notes: string;
      readonly notesUrl: string;
      readonly prerelease: boolean;
    },
    signal: AbortSignal,
  ): Promise<ForgeRelease>;
}

/** Everything a release touches. */
export interface ReleasePorts {
  readonly clock: Clock;
  readonly author: GitIdentity;
  openRepository(url: string, signal: AbortSignal): Promise<GitRepository>;
  /** Throws where the registry is not on the allow list. */
  openImage(repository: string): ImageRepository;
  /** @returns undefined where the repository's host is no known forge. */
  openForge(repository: string): Forge | undefined;
  /** The pages of a repository, for links; nothing is asked of them. Default: those of its forge. */
  pageOf?(repository: string): ForgePage | undefined;
}
