import type {
  DeliveryPerson,
  DeliveryWanted,
  RolloutOutcome,
  WaitingChange,
} from 'backstage-plugin-dojo-common';
import type { RepositoryLinks } from '../../repository/repository-links';

/** A component whose overlays are read. */
export interface LandingComponent {
  /** As its folder is called. */
  readonly name: string;
  /** Of its base. */
  readonly repository: string;
  /** Folder of its base; absent: any base of its repository counts. */
  readonly basePath?: string;
  readonly image?: string;
  readonly tagPrefix?: string;
}

/** Whose overlays are read, and where. */
export interface LandingRequest {
  /** Default: the remote's HEAD. */
  readonly branch?: string;
  readonly components: readonly LandingComponent[];
}

/** Options of `observeLandings`. */
export interface LandingOptions {
  readonly signal: AbortSignal;
  readonly now: Date;
  /** What the last reading said; default: nothing. */
  readonly known?: Landings;
  /** Pages of the repository; default: it has none. */
  readonly links?: RepositoryLinks;
  /** Its page. */
  readonly url?: string;
}

/** What git wants of all components, and how it came to it. */
export interface Landings {
  /** That they are read from. */
  readonly branch?: string;
  /** Empty: the repository has no commit. */
  readonly head: string;
  /** By component. */
  readonly components: Readonly<Record<string, ComponentLandings>>;
  readonly fingerprint?: string;
}

/** Of one component. */
export interface ComponentLandings {
  readonly kind: 'infra';
  /** Of the branch when these facts last changed. */
  readonly head: string;
  readonly url?: string;
  readonly wanted: Readonly<Record<string, DeliveryWanted>>;
  readonly overlayUrls: Readonly<Record<string, string>>;
  readonly waiting: Readonly<Record<string, WaitingChange>>;
  /** Of all environments, newest first. */
  readonly landings: readonly Landing[];
}

/** A commit of the branch that changed the overlay of one environment. */
export interface Landing {
  readonly commit: string;
  readonly environment: string;
  readonly at: string;
  readonly by?: DeliveryPerson;
  readonly requestedBy?: DeliveryPerson;
  readonly mergedBy?: DeliveryPerson;
  readonly base?: string;
  readonly version?: string;
  readonly digest?: string;
  readonly rollback?: true;
  readonly removed?: true;
  readonly planHash?: string;
  /** How its rollout ended in the end, as it was noted. */
  readonly outcome?: RolloutOutcome;
  /** All that were noted, oldest first, where there are more; the last is `outcome`. */
  readonly outcomes?: readonly RolloutOutcome[];
  readonly url?: string;
}
