import type { GitIdentity } from 'backstage-plugin-dojo-common';
import type { Cluster } from '../cluster/cluster';
import type { Clock } from '../plan/clock';
import type { Timer } from '../plan/timer';
import type { FileSource } from '../repository/file-source';

export type { FileSource };

/** Opens the base that `<repository>//<path>?ref=<40 hex>` names; throws where the host or path is not allowed. */
export type OpenBase = (
  repository: string,
  commit: string,
  signal: AbortSignal,
) => Promise<FileSource>;

/** Runs kustomize over a closed tree of files (path -> text), no network, no git, limits. Returns the YAML it prints. */
export interface Kustomize {
  /** @param onRunning - called where its program runs now, for what can be done meanwhile; not where a render is kept. */
  build(
    files: ReadonlyMap<string, string>,
    folder: string,
    signal: AbortSignal,
    onRunning?: () => void,
  ): Promise<string>;
}

/** A commit of the infra repository that changed something below a folder. */
export interface InfraCommit {
  /** Object id. */
  readonly commit: string;
  /** The whole message, trailers included; of a very long one the first 262,144 characters. */
  readonly message: string;
  /** The committer's: when it was made, not when it was pushed. */
  readonly date: Date;
  /** `Ada Lovelace <ada@example.com>` */
  readonly author: string;
  /**
   * It is on the line of first parents from the head: the branch itself once held it. False for a commit of another
   * branch that a merge brought in; the merge is then in the history too.
   */
  readonly isLanding: boolean;
}

/** A change of the infra repository: one commit on one branch. */
export interface InfraChange {
  /** Short name: `main`. */
  readonly branch: string;
  /** The commit it builds on; absent: the first commit of an empty repository. */
  readonly base?: string;
  /**
   * What the branch holds now, where that is not `base`: the branch is set to the new commit, and what it held is no
   * longer on it. For the branch of a request that is open already.
   */
  readonly replaces?: string;
  /** A second parent of the commit: what it brings in. The tree is still that of `base` with the files. */
  readonly merges?: string;
  /** The branch must not be there yet; default: it holds `replaces`, else `base`. */
  readonly createsBranch?: boolean;
  /** Each with its new text; without one the file is removed, if it is there. The mode of a file that stays is kept. */
  readonly files: readonly { readonly path: string; readonly text?: string }[];
  readonly message: string;
  readonly author: GitIdentity;
  /** Author's and committer's date. */
  readonly date: Date;
}

/**
 * The repository that holds the overlays, for the length of one run. Of it only what is asked for is fetched. Commits are
 * named by their whole object id; another name is refused (DojoError GIT_COMMIT_INVALID).
 */
export interface InfraRepository
  extends Pick<NoteRepository, 'readNotes' | 'appendNote' | 'lookAhead'> {
  /** The URL as a reader may see it: no credentials. */
  readonly display: string;
  /** What a reader should know of how this repository could be read; grows while it is. */
  readonly warnings: readonly string[];
  /**
   * A branch and the commit it holds; without a name, the branch that the repository calls its default. In an empty
   * repository the commit is undefined, and the default is what its HEAD names.
   *
   * @throws DojoError GIT_REF_INVALID, GIT_BRANCH_NOT_FOUND where a repository that has branches lacks this one.
   */
  readHead(
    branch: string | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly branch: string; readonly commit?: string }>;
  /** The commit that a branch holds now; undefined: there is no such branch. */
  readBranch(branch: string, signal: AbortSignal): Promise<string | undefined>;
  /** The files at a commit. */
  files(commit: string): FileSource;
  /**
   * Object id of the folder's tree: equal ids, equal content. Undefined where there is no such folder; `.` is the root.
   *
   * @throws DojoError GIT_FOLDER_ENTRY where it, or a part of its path, is a link or a submodule.
   */
  readTree(
    commit: string,
    folder: string,
    signal: AbortSignal,
  ): Promise<string | undefined>;
  /**
   * Commits reachable from `head` that changed something below the folder (against their first parent), newest first, at
   * most `cap`. Removed files count, and so does the history of a folder that is gone. Where the history is longer than is
   * looked through, a warning says so.
   */
  readHistory(
    head: string,
    folder: string,
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly InfraCommit[]>;
  /** Text of one path at each of the commits; undefined where it was not there. Throws as {@link FileSource.readFiles}. */
  readAt(
    commits: readonly string[],
    path: string,
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]>;
  /**
   * Makes the commit and pushes it with a lease. Where the reply is lost, the branch is read again, and it succeeds if the
   * branch holds the commit.
   *
   * @returns the commit's object id.
   * @throws DojoError GIT_LEASE_LOST (conflict: the branch moved, nothing was pushed), GIT_PUSH_REJECTED (refused: a hook
   * or a protected branch; nothing was pushed), GIT_REF_LOCKED (unavailable: nothing was pushed), GIT_FOLDER_ENTRY where a link or submodule is in the way; others: whether
   * it was pushed is not known, and the branch tells.
   */
  pushCommit(change: InfraChange, signal: AbortSignal): Promise<string>;
  /**
   * Paths of the files that differ between two commits, sorted, at most `cap`; only folders that differ are read.
   *
   * @throws DojoError GIT_FOLDER_TOO_LARGE where more differ.
   */
  readChanges(
    from: string,
    to: string,
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /**
   * Removes a branch, where it still holds the commit; one that is gone already is as wished.
   *
   * @throws DojoError GIT_LEASE_LOST where it holds another one, GIT_PUSH_REJECTED.
   */
  removeBranch(
    branch: string,
    holds: string,
    signal: AbortSignal,
  ): Promise<void>;
  /** Removes the temporary repository. */
  dispose(): Promise<void>;
}

/** A repository that holds bases, for the length of one run. */
export interface BaseRepository
  extends Pick<NoteRepository, 'readNotes' | 'askAhead'> {
  /** The URL as a reader may see it: no credentials. */
  readonly display: string;
  /** Commit that a tag (its whole name; annotated ones peeled) means now; undefined: there is no such tag. */
  resolveTag(tag: string, signal: AbortSignal): Promise<string | undefined>;
  /** The whole message of a commit, named by its whole object id. */
  readMessage(commit: string, signal: AbortSignal): Promise<string>;
  /** The files at a commit, named by its whole object id. */
  files(commit: string): FileSource;
  /** Removes the temporary repository. */
  dispose(): Promise<void>;
}

/** What the portal notes at commits, under a ref of git notes: rejected versions, how rollouts ended. */
export interface NoteRepository {
  /** The note's text at an object under a ref (`refs/notes/dojo`); undefined: there is none. */
  readNote(
    ref: string,
    object: string,
    signal: AbortSignal,
  ): Promise<string | undefined>;
  /**
   * The notes of many objects, in their order, by one look at the ref. Bytes that are no text become replacement characters,
   * so that one strange note hides no other.
   */
  readNotes(
    ref: string,
    objects: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]>;
  /**
   * Asks what a ref of notes holds, in one request with what else is asked at this moment; the next `readNotes` of that ref
   * takes the answer, or what failed. Absent: it is asked when the notes are read.
   */
  askAhead?(ref: string, signal: AbortSignal): void;
  /**
   * Looks at the note of an object that is appended to next, while the caller waits for something else; what fails is told
   * then. Absent: it is looked at when it is appended to.
   */
  lookAhead?(ref: string, object: string, signal: AbortSignal): void;
  /**
   * Adds the lines that the note does not have yet, and pushes. Where somebody else was first, theirs is read and kept, and
   * it is tried again, a few times.
   *
   * @throws DojoError GIT_LEASE_LOST where others were first each time, GIT_PUSH_REJECTED where the server takes no notes.
   */
  appendNote(
    note: {
      readonly ref: string;
      readonly object: string;
      /** Or what is to be added to the note as it is, asked at each try; empty: nothing. */
      readonly text: string | ((note: string | undefined) => string);
      readonly author: GitIdentity;
      readonly date: Date;
    },
    signal: AbortSignal,
  ): Promise<void>;
}

/** A request to merge one branch into another, as a forge shows it. */
export interface PullRequest {
  /** The forge's own, unique in the repository. */
  readonly number: number;
  /** Where a person reads it. */
  readonly url: string;
  readonly state: 'open' | 'merged' | 'closed';
  /** Short name of the branch that is to be merged. */
  readonly head: string;
  /** What that branch held when the forge looked last. */
  readonly headCommit: string;
  /** Short name of the branch that it is to be merged into. */
  readonly base: string;
  readonly title: string;
  readonly body: string;
  /** Who opened it, as the forge calls them; absent: an account that is gone. */
  readonly author?: string;
  /** The commit that landed on the base; only of one that is merged. */
  readonly mergeCommit?: string;
  /** Who merged it, where it is merged and the forge tells. */
  readonly mergedBy?: string;
}

/** Whether a branch takes a change only after somebody else's review. */
export type ReviewRule = 'enforced' | 'not-enforced' | 'unknown';

/** The pull requests of one repository on its forge, between branches of this repository alone: never those of a fork. */
export interface PullRequests {
  readonly kind: 'github' | 'gitlab';
  /** `https://github.com/acme/infra` */
  readonly webUrl: string;
  /** Whether a branch takes a change only after a review; `unknown` where the forge does not tell. Throws only where aborted. */
  readReviewRule(branch: string, signal: AbortSignal): Promise<ReviewRule>;
  /** Throws where there is no token or it does not see the repository: to be asked before the first write. */
  verifyAccess(signal: AbortSignal): Promise<void>;
  /** The request that is open from this branch to that; undefined: there is none. */
  findOpen(
    branches: { readonly head: string; readonly base: string },
    signal: AbortSignal,
  ): Promise<PullRequest | undefined>;
  /** The last requests from this branch to that, in any state, newest first, at most `cap` (100 at most). */
  list(
    branches: { readonly head: string; readonly base: string },
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly PullRequest[]>;
  /** By number, with all that is known of it. @returns undefined: there is none. */
  read(number: number, signal: AbortSignal): Promise<PullRequest | undefined>;
  /**
   * Opens a request. Where one is open between the branches already, that one is returned as it is. Where the reply is
   * lost, it is looked up before it is asked for again. A longer body than 60,000 characters is cut at the end of a line.
   *
   * @throws DojoError FORGE_REFUSED where the branches do not differ or one is not there.
   */
  create(
    request: {
      readonly head: string;
      readonly base: string;
      readonly title: string;
      readonly body: string;
    },
    signal: AbortSignal,
  ): Promise<PullRequest>;
  /** Sets title and body. @throws DojoError FORGE_REFUSED where there is no such request. */
  update(
    number: number,
    text: { readonly title: string; readonly body: string },
    signal: AbortSignal,
  ): Promise<PullRequest>;
}

/** A repository of images, of which digests are asked for. */
export interface ImageDigests {
  /** `ghcr.io/acme/ledger` */
  readonly name: string;
  /** The manifest under a tag or a digest, with the digest of its very bytes: of an image for several platforms the index's. @returns undefined where it is not there. */
  readManifest(
    reference: string,
    signal: AbortSignal,
  ): Promise<{ readonly digest: string } | undefined>;
}

/** Everything a deployment touches. */
export interface DeployPorts {
  /** The time by which freeze windows are told. */
  readonly clock: Clock;
  /** The date of commits. */
  readonly commitClock: Clock;
  readonly author: GitIdentity;
  /** Who asked for it, for the commit's message; absent: nobody is known but the author. */
  readonly requester?: string;
  openInfra(url: string, signal: AbortSignal): Promise<InfraRepository>;
  openBase(repository: string, signal: AbortSignal): Promise<BaseRepository>;
  /** Throws where the registry is not on the allow list. */
  openImage(repository: string): ImageDigests;
  readonly kustomize: Kustomize;
  /** Opens the pull requests of a repository; undefined: its host is no forge that is known. Absent: none is known. */
  openPullRequests?(repository: string): PullRequests | undefined;
  /** Opens the environment's cluster, for the length of one run; absent: none is configured. */
  openCluster?(signal: AbortSignal): Promise<Cluster>;
  /**
   * Opens the cluster of another environment, which a version is promoted from; undefined: none is configured for it, and
   * how it is there is not known. Absent: of none it is known.
   */
  openSource?(
    environment: string,
    signal: AbortSignal,
  ): Promise<SourceCluster | undefined>;
  /** Wakes a wait; absent: mode apply is not there. */
  readonly timer?: Timer;
}

/** The cluster of an environment that a version is promoted from. */
export interface SourceCluster {
  readonly cluster: Cluster;
  /** Template of its namespace; default `{component}-{environment}`. */
  readonly namespace?: string;
  /** Whether nobody has configured that the environment is there: then what may not be read there refuses nothing. */
  readonly isAssumed?: boolean;
}
