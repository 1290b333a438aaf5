import type { ListedRefs, RefsToRead } from '../../repository/repository-data';

/** A file that a landing changed. */
export interface ChangedFile {
  readonly path: string;
  /** Of its new content; absent: it is gone. */
  readonly oid?: string;
}

/** A commit that the branch once held, with what it changed against its first parent. */
export interface LandedCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly files: readonly ChangedFile[];
}

/** What a commit says of itself. */
export interface CommitText {
  readonly commit: string;
  readonly parents: readonly string[];
  /** Name of its author, without the address; printable. */
  readonly author: string;
  /** Committer date, ISO 8601. */
  readonly at: string;
  readonly message: string;
}

/** The infra repository, of which everything stays on this machine from reading to reading. */
export interface LandingRepository {
  /** The address as a reader may see it: no credentials. */
  readonly display: string;
  /** Brings the refs up to date. All that is known of them comes back, and `choose` says which count. */
  readRefs(asked: RefsToRead, signal: AbortSignal): Promise<ListedRefs>;
  /** The line of first parents of `head`, newest first, without what `since` reaches; at most `cap`. */
  readLine(
    head: string,
    since: string | undefined,
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly LandedCommit[]>;
  readCommits(
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly CommitText[]>;
  /** Regular files below the folders at a commit; without folders, of all of it. Links and submodules are left out. */
  listFiles(
    commit: string,
    folders: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<readonly { readonly path: string; readonly oid: string }[]>;
  /** Texts of files by the ids of their content; undefined where one is larger than `maxBytes` or no UTF-8 text. */
  readTexts(
    oids: readonly string[],
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]>;
  /** Of the notes at a commit of theirs: those of the objects, in their order. */
  readNotes(
    notes: string,
    objects: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]>;
}
