import type { GitIdentity, ReleasePromise } from 'backstage-plugin-dojo-common';
import type {
  ObservedCommit,
  ObservedFile,
  VersionTag,
} from '../repository/repository-data';
import type { ForgePage } from '../repository/repository-links';

/** What the registry holds under `image:sourceTag`, and under the tags that the planned version would take. */
export interface ObservedImage {
  readonly repository: string;
  readonly sourceTag: string;
  readonly source:
    | { readonly kind: 'absent' }
    | {
        readonly kind: 'found';
        readonly digest: string;
        readonly mediaType: string;
        /** Revision labels found, one per platform that names one; empty: none does. */
        readonly revisions: readonly string[];
      };
  /** Tag name -> digest, for each tag of the planned release that exists. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The newest version tag that is an ancestor of the base, and how far its promises are kept. */
export interface NewestRelease {
  readonly tag: string;
  readonly version: string;
  readonly commit: string;
  readonly notes: string;
  readonly imageDigest?: string;
  readonly releaseUrl?: string;
  /** The `Dojo-Plan` trailer; absent where another tool made the tag. */
  readonly planHash?: string;
  /** First parent of the release commit: the base it was planned on. */
  readonly parent?: string;
  /** What is still open of what this tag promised; absent: nothing is. */
  readonly open?: ReleasePromise;
}

/** What the branch that releases come from has of another one that is released. */
export interface BesideMain {
  readonly branch: string;
  /** Of {@link ReleaseState.commits}. */
  readonly holds: readonly string[];
}

/** All that a plan of a release is made from: plain JSON, read from the real systems at one moment. */
export interface ReleaseState {
  /** Without credentials, as a reader may see it. */
  readonly repository: string;
  readonly branch: string;
  readonly base: string;
  /** Whether any tag, of this version line or another, leads to the base; absent: none does. */
  readonly isTagged?: boolean;
  /** `v`, empty, or what the newest version tag has. */
  readonly tagPrefix: string;
  /** Every version tag of the line, reachable or not. */
  readonly versionTags: readonly VersionTag[];
  readonly newest?: NewestRelease;
  /** The newest stable version tag that is an ancestor of the base; is `newest` unless that is a pre-release. */
  readonly newestStable?: VersionTag;
  /** Commits since `newest` (all, where there is none), newest first. */
  readonly commits: readonly ObservedCommit[];
  /** Commits since `newestStable` up to `newest`, newest first; empty unless `newest` is a pre-release. */
  readonly earlierCommits: readonly ObservedCommit[];
  /** Absent: the branch that releases come from is released itself. */
  readonly main?: BesideMain;
  /** Set where history was capped. */
  readonly cappedAt?: number;
  /** The version files and the changelog that the request names, or the well-known ones. */
  readonly files: readonly ObservedFile[];
  readonly image?: ObservedImage;
  /** A forge that publishes releases; `webUrl` is the repository's page, for links in notes. */
  readonly forge?: { readonly kind: 'github'; readonly webUrl: string };
  /** The pages of the repository; absent: it has none, or nobody knows them. */
  readonly page?: ForgePage;
  readonly author: GitIdentity;
  /** Day of the clock, UTC. */
  readonly today: string;
  /** What the reader should know of how the state was read. */
  readonly warnings: readonly string[];
}
