import type {
  DatabaseFact,
  DeliveryDrift,
  DeliveryHealth,
  DeliveryLine,
  DeliveryPerson,
  DeliveryRelease,
  DeliveryRun,
  DeliveryRunning,
  DeliverySource,
  DeliveryUnknown,
  DeliveryWanted,
  RolloutOutcome,
  WaitingChange,
} from 'backstage-plugin-dojo-common';

/**
 * What the sources of a component said when they were last read: plain JSON, as the index keeps it. Each part is of one
 * source and is replaced as a whole by its next reading; a reading that fails replaces nothing.
 */
export interface ComponentFacts {
  readonly component: string;
  readonly title: string;
  readonly owner?: string;
  readonly system?: string;
  readonly repository: RepositoryFacts | DeliveryUnknown | { kind: 'off' };
  readonly infra: InfraFacts | DeliveryUnknown | { kind: 'off' };
  /** By environment; one that is missing here is not observed or not known, as its source says. */
  readonly clusters: Readonly<Record<string, ClusterFacts>>;
  readonly databases: Readonly<Record<string, DatabaseFacts>>;
  readonly runs: readonly DeliveryRun[];
  /** Runs that ended with an error and left no trace elsewhere. */
  readonly failures: readonly FailedRun[];
  /** Runs that ended well, as far as the task list remembers them; absent: none is known. */
  readonly ended?: readonly EndedRun[];
  readonly sources: readonly DeliverySource[];
}

/** Of the component's own repository. */
export interface RepositoryFacts {
  readonly kind: 'repository';
  /** Address for people, without credentials; absent: it has none. */
  readonly url?: string;
  readonly branch: string;
  readonly head: string;
  /** [0] is the release branch. */
  readonly lines: readonly DeliveryLine[];
  /** Newest version first; at most 200. */
  readonly releases: readonly ReleasedVersion[];
  /** How many older ones are not read. */
  readonly olderReleases: number;
  /** Of all refs and settings that these facts were read from: where it is the same, so are they. */
  readonly fingerprint?: string;
}

/** A released version with what it brought. */
export interface ReleasedVersion extends DeliveryRelease {
  /** Of the plan that made it, as the tag records it. */
  readonly planHash?: string;
  /** Id of the scaffolder's task that made it. */
  readonly run?: string;
  /** What the tag's ref holds: the tag object of an annotated tag. */
  readonly oid?: string;
  /** Ids of all migrations that are packed in it, oldest first; absent: it has no folder of them. */
  readonly migrations?: readonly string[];
  readonly previous?: string;
  readonly counting: number;
  /** Commits of the release that no version in `contains` has, newest first, without the release commit; at most 2,000. */
  readonly commits: readonly ReleasedCommit[];
  /** There are more commits than are kept. */
  readonly commitsCut?: true;
  /** Nearest versions that this one contains: with theirs and so on, all that it is made of. */
  readonly contains: readonly string[];
  /** Those of `migrations` that take away what earlier versions read. */
  readonly breakingMigrations?: readonly string[];
}

/** A commit that a version brought. */
export interface ReleasedCommit {
  readonly sha: string;
  readonly subject: string;
  /** When it came to the branch (committer date). */
  readonly at: string;
  readonly level: 'major' | 'minor' | 'patch' | 'none';
  readonly breaking?: true;
  readonly type?: string;
  readonly pr?: number;
  /** SHA of the commit that it takes back. */
  readonly reverts?: string;
  readonly isMerge?: true;
}

/** Of the infra repository: what git wants, and how it came to it. */
export interface InfraFacts {
  readonly kind: 'infra';
  /** Of the infra branch when these facts last changed: a commit about other components changes none of them. */
  readonly head: string;
  readonly url?: string;
  /** By environment; one that never had an overlay is not in it, and wants nothing. */
  readonly wanted: Readonly<Record<string, DeliveryWanted>>;
  /** Address of the overlay for people, by environment. */
  readonly overlayUrls: Readonly<Record<string, string>>;
  readonly waiting: Readonly<Record<string, WaitingChange>>;
  /** Of all environments, newest first; at most 400 days. */
  readonly landings: readonly Landing[];
}

/** A first-parent commit of the infra branch that changed the overlay of one environment. */
export interface Landing {
  /** Commit of the infra repository. */
  readonly commit: string;
  readonly environment: string;
  /** Committer date of the first-parent commit. */
  readonly at: string;
  readonly by?: DeliveryPerson;
  readonly requestedBy?: DeliveryPerson;
  readonly mergedBy?: DeliveryPerson;
  /** Absent: the overlay was removed, prepared or cannot be read. */
  readonly base?: string;
  readonly version?: string;
  readonly digest?: string;
  /** Whether the message's trailer calls it a rollback. */
  readonly rollback?: true;
  readonly removed?: true;
  readonly planHash?: string;
  /** Id of the scaffolder's task that made it. */
  readonly run?: string;
  /** Of the notes on the commit; absent: none was written. */
  readonly outcome?: RolloutOutcome;
  /** All that were noted, oldest first, where it came up only later; absent: `outcome` alone. */
  readonly outcomes?: readonly RolloutOutcome[];
  readonly url?: string;
}

/** Of a cluster, about one environment. */
export interface ClusterFacts {
  readonly running: DeliveryRunning;
  readonly health: DeliveryHealth;
  readonly drift: DeliveryDrift;
  /** Of the first failing object; kept until the environment is healthy. */
  readonly cause?: {
    readonly code: string;
    readonly sentence: string;
    readonly hint: string;
    readonly object?: string;
    readonly since: string;
    readonly exitCode?: number;
    readonly restarts?: number;
    readonly log?: readonly string[];
  };
}

/** Of a database, about one environment. */
export interface DatabaseFacts {
  /** Without `needs` and `pending`, which follow from the wanted version. */
  readonly level:
    | { readonly kind: 'level'; readonly at: string }
    | Exclude<DatabaseFact, { kind: 'level' }>;
  /** Ids that were applied, oldest first; then those that a restore took back, as far as they were seen before. */
  readonly applied: readonly AppliedMigration[];
  /** What the reader knows the file by, to see whether it changed; it means nothing to anybody else. */
  readonly key?: string;
  readonly restores: readonly Restore[];
}

export interface AppliedMigration {
  readonly id: string;
  readonly at: string;
  readonly planHash?: string;
  readonly durationMs?: number;
  readonly downtimeMs?: number;
  readonly backup?: string;
  readonly by?: DeliveryPerson;
  readonly breaking?: true;
  /** The database does not hold it any more. */
  readonly undone?: true;
  /** Id of the scaffolder's task that applied it. */
  readonly run?: string;
}

export interface Restore {
  readonly backup: string;
  readonly at: string;
  readonly from?: string;
  readonly to?: string;
  readonly by?: DeliveryPerson;
}

/** A run that ended well, and the plans that it carried out. */
export interface EndedRun {
  readonly id: string;
  readonly planHashes: readonly string[];
  readonly by?: DeliveryPerson;
  /** An agent started it, with the rights of who it says; absent: a person did, or nobody knows. */
  readonly via?: 'agent';
}

export interface FailedRun {
  readonly id: string;
  readonly at: string;
  readonly by?: DeliveryPerson;
  readonly via?: 'agent';
  readonly verb:
    | 'release'
    | 'migration'
    | 'deployment'
    | 'shipment'
    | 'service';
  readonly environment?: string;
  readonly error: { readonly code?: string; readonly message: string };
}
