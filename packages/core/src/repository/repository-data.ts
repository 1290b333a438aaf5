/** What `ls-remote` says, read once. */
export interface RemoteRefs {
  /** Branch that HEAD points at; absent in an empty repository. */
  readonly headBranch?: string;
  /** Branch name -> OID. */
  readonly branches: ReadonlyMap<string, string>;
  readonly tags: readonly {
    readonly name: string;
    /** OID of the ref itself: the tag object of an annotated tag. */
    readonly oid: string;
    /** OID of the commit it leads to. */
    readonly commit: string;
  }[];
}

/** Refs, and what holds the notes. */
export interface ListedRefs extends RemoteRefs {
  /** Commit that `refs/notes/dojo` holds; absent: there are no notes. */
  readonly notes?: string;
}

/** Which refs are read, by who knows what they mean. */
export interface RefsToRead {
  /**
   * What is asked for between listings of all: full names, which must be there, and patterns with one `*`. Absent: all
   * are listed.
   */
  readonly between?: readonly string[];
  /** Full names of those that are read, of all that there are. Throws where they do not make sense. */
  readonly choose: (refs: ListedRefs) => readonly string[];
}

/** A commit as git holds it. `message` is decoded text; bytes that are not UTF-8 became U+FFFD. */
export interface ObservedCommit {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Name of its author, without the address; printable. Absent: it names none. */
  readonly author?: string;
  /** Committer date, ISO 8601; absent: it has none. */
  readonly at?: string;
}

/** Commits of a range, newest first, and what the range proves. */
export interface CommitRange {
  readonly commits: readonly ObservedCommit[];
  /** Set where the read stopped at the cap. */
  readonly cappedAt?: number;
}

/** An annotated tag's object; `message` without its header. */
export interface TagObject {
  readonly oid: string;
  readonly commit: string;
  readonly message: string;
}

/** A tag whose name is the prefix and a semantic version. `commit` is the peeled OID. */
export interface VersionTag {
  readonly name: string;
  readonly version: string;
  readonly commit: string;
}

/** A file at a commit. `text` keeps a byte order mark and line ends, so that it encodes to the same bytes. */
export type ObservedFile =
  | { readonly kind: 'absent'; readonly path: string }
  | {
      readonly kind: 'text';
      readonly path: string;
      readonly oid: string;
      readonly mode: '100644' | '100755';
      readonly text: string;
    }
  /** Its bytes were not read. */
  | {
      readonly kind: 'too-large';
      readonly path: string;
      readonly bytes: number;
      readonly most: number;
    }
  /** Not UTF-8, a symbolic link, a submodule or a directory: `what` says which. */
  | {
      readonly kind: 'unreadable';
      readonly path: string;
      readonly what: string;
    };

/** Which files of a folder are read. */
export interface FolderToRead {
  /** Path in the repository; `.` is its root. */
  readonly path: string;
  /** Names of folders directly in it that are read too, where they are there; files in others are only named. */
  readonly below: readonly string[];
  /** How the names of the files end, in lower case; others are not looked at. */
  readonly ending: string;
  readonly maxFiles: number;
  /** Of all files together. */
  readonly maxBytes: number;
}

/** A file of a folder. */
export interface FolderFile {
  /** In the folder, with forward slashes. */
  readonly path: string;
  /** None where it is only named. */
  readonly bytes: Uint8Array;
}
