import type {
  ClusterFacts,
  DatabaseFacts,
  InfraFacts,
  RepositoryFacts,
} from 'dojo-portal-core/delivery';

/** A component as the readers need it: what its entity says, checked against what the configuration allows. */
export interface DeliveryTarget {
  /** `component:default/ledger` */
  readonly component: string;
  readonly name: string;
  readonly repository: string;
  readonly branch?: string;
  /** Pattern of the annotation `dojo/maintenance`. */
  readonly maintenance?: string;
  readonly image?: string;
  readonly tagPrefix?: string;
  readonly path?: string;
  readonly migrations?: string;
  readonly infra?: string;
  /** Folder of its Kustomize base in the repository; absent: any base of its repository counts. */
  readonly basePath?: string;
}

/** One reading of a whole infra repository, for all components at once. */
export interface InfraReading {
  readonly branch?: string;
  readonly head: string;
  /** By component name. */
  readonly components: Readonly<Record<string, InfraFacts>>;
  /** Of all refs and settings that it was read from: where it is the same, so is the reading. */
  readonly fingerprint?: string;
}

/** What the follower of a cluster asks and tells beside. */
export interface FollowHooks {
  /** What git wants of a component there, by its name: names what a person replaced where the cluster does not know it. */
  readonly wanted?: (
    component: string,
  ) => { readonly digest?: string } | undefined;
  /** Called once all that is there was told, and then with each sign of life: what was not told of is not there. */
  readonly onAlive?: () => void;
}

/** How the sources are read. Each rejects with a `DojoError` where its source fails; none keeps anything itself. */
export interface DeliveryReaders {
  /**
   * `known` is what the last reading said; where nothing changed it is returned as it is. With `everything` all refs are
   * listed, as they are once a day: a reading between asks only for branches, and for tags of the newest versions' lines.
   */
  readRepository(
    target: DeliveryTarget,
    known: RepositoryFacts | undefined,
    signal: AbortSignal,
    options?: { readonly everything?: boolean },
  ): Promise<RepositoryFacts>;
  readInfra(
    infra: string,
    targets: readonly DeliveryTarget[],
    known: InfraReading | undefined,
    signal: AbortSignal,
  ): Promise<InfraReading>;
  readDatabase(
    target: DeliveryTarget,
    environment: string,
    known: DatabaseFacts | undefined,
    signal: AbortSignal,
  ): Promise<DatabaseFacts>;
  /** Whether the image of a version is still what was released. */
  checkImage(
    target: DeliveryTarget,
    release: { readonly version: string; readonly digest: string },
    signal: AbortSignal,
  ): Promise<'same' | 'missing' | 'differs'>;
  /**
   * Follows the cluster of an environment until the signal aborts or it fails; `onFacts` is called with each component
   * that changed there, by its name, as the overlays label it.
   */
  followCluster(
    environment: string,
    onFacts: (component: string, facts: ClusterFacts) => void,
    signal: AbortSignal,
    hooks?: FollowHooks,
  ): Promise<never>;
  /**
   * Notes at a landing how it came up, where nobody has yet. Absent: nothing is noted.
   *
   * @returns why it could not be noted; undefined: it is.
   */
  noteOutcome?(
    infra: string,
    end: {
      readonly commit: string;
      /** Of the overlay: `ledger/staging`. */
      readonly folder: string;
      readonly outcome: 'healthy' | 'failed';
      readonly at: Date;
      readonly cause?: { readonly code: string; readonly sentence: string };
    },
    signal: AbortSignal,
  ): Promise<string | undefined>;
  /** The last lines of what runs there: at most 40. */
  readLog(
    target: DeliveryTarget,
    environment: string,
    signal: AbortSignal,
  ): Promise<{ pod?: string; container?: string; lines: string[] }>;
}
