import type {
  ListedRefs,
  ObservedCommit,
  ObservedFile,
  RefsToRead,
} from '../../repository/repository-data';

/** A commit's place in history. */
export interface GraphCommit {
  readonly oid: string;
  readonly parents: readonly string[];
}

/** A commit as it is shown. */
export interface ShownCommit extends ObservedCommit {
  /** Name of its author, without the address; printable. */
  readonly author: string;
  /** Committer date, ISO 8601. */
  readonly at: string;
}

/** An annotated tag as it is shown. */
export interface ShownTag {
  readonly message: string;
  /** Name of its tagger; absent: it names none. */
  readonly tagger?: string;
  /** ISO 8601; absent: it has no date. */
  readonly at?: string;
}

/** A repository whose history stays on this machine from reading to reading. */
export interface StandingRepository {
  /** The address as a reader may see it: no credentials. */
  readonly display: string;
  /** Brings the refs up to date. All that is known of them comes back, and `choose` says which count. */
  readRefs(asked: RefsToRead, signal: AbortSignal): Promise<ListedRefs>;
  /** What the commits reach, children before their parents, themselves included; at most `cap`. */
  readGraph(
    commits: readonly string[],
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly GraphCommit[]>;
  readCommits(
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ShownCommit[]>;
  /** Annotated tags by the ids of their objects. */
  readTags(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ShownTag[]>;
  /** Those of the commits, whose first is a head, that changed something below a path. */
  readTouching(
    commits: readonly GraphCommit[],
    path: string,
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>>;
  /** Names of the files right in a folder at each of the commits; undefined where it has no such folder. */
  readNames(
    commits: readonly string[],
    folder: string,
    signal: AbortSignal,
  ): Promise<readonly (readonly string[] | undefined)[]>;
  readFiles(
    commit: string,
    paths: readonly string[],
    maxBytesOf: (path: string) => number,
    signal: AbortSignal,
  ): Promise<readonly ObservedFile[]>;
  /** Of the notes at a commit of theirs: those of the objects, in their order. */
  readNotes(
    notes: string,
    objects: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]>;
}
