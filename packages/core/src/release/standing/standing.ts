import type {
  BumpLevel,
  DeliveryLine,
  DeliveryRelease,
} from 'backstage-plugin-dojo-common';
import type { RepositoryLinks } from '../../repository/repository-links';

/** Whose standing is read. */
export interface StandingRequest {
  readonly repository: string;
  /** Branch to release; default: the remote's HEAD. */
  readonly branch?: string;
  /** Pattern of the maintenance branches, with at most one `*`; default: there are none. */
  readonly maintenance?: string;
  readonly image?: string;
  readonly tagPrefix?: string;
  /** Folder of one component of several. */
  readonly path?: string;
  /** Folder of the migrations; default: none are looked for. */
  readonly migrations?: string;
}

/** What a version's note says of its rejection. */
export interface NotedRejection {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** Options of `observeStanding`. */
export interface StandingOptions {
  readonly signal: AbortSignal;
  /** What the last reading said; default: nothing. */
  readonly known?: Standing;
  /** List all refs, though they were listed within a day. */
  readonly everything?: boolean;
  /** Pages of the repository; default: it has none. */
  readonly links?: RepositoryLinks;
  /** Its page. */
  readonly url?: string;
  /** Reads a note at a version's commit. */
  readonly rejectionIn: (
    note: string,
    tag: string,
  ) => NotedRejection | undefined;
  /** Ids of the migrations among the names of a folder's files, oldest first. */
  readonly migrationsIn: (names: readonly string[]) => readonly string[];
  /** Whether a migration's text says that it takes away what earlier versions read. */
  readonly breaks: (sql: string) => boolean;
}

/** What is released of a repository, and what waits to be. */
export interface Standing {
  readonly kind: 'repository';
  readonly url?: string;
  readonly branch: string;
  readonly head: string;
  /** [0] is the release branch. */
  readonly lines: readonly DeliveryLine[];
  /** Newest version first; at most 200. */
  readonly releases: readonly StandingRelease[];
  readonly olderReleases: number;
  readonly fingerprint?: string;
}

/** A version with what it brought. */
export interface StandingRelease extends DeliveryRelease {
  /** Of the plan that made it, as the tag records it. */
  readonly planHash?: string;
  readonly oid?: string;
  readonly migrations?: readonly string[];
  /** Those of `migrations` that take away what earlier versions read; absent: none does. */
  readonly breakingMigrations?: readonly string[];
  readonly previous?: string;
  readonly counting: number;
  readonly commits: readonly StandingCommit[];
  readonly commitsCut?: true;
  readonly contains: readonly string[];
}

/** A commit that a version brought. */
export interface StandingCommit {
  readonly sha: string;
  readonly subject: string;
  readonly at: string;
  readonly level: BumpLevel;
  readonly breaking?: true;
  readonly type?: string;
  readonly pr?: number;
  readonly reverts?: string;
  readonly isMerge?: true;
}
