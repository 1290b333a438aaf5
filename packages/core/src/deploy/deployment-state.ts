import type {
  DeployedVersion,
  DeploymentFinding,
} from 'backstage-plugin-dojo-common';
import type { ClusterState } from './apply/cluster-state';
import type { SyncSource } from './sync/sync-source';
import type { Frozen } from './freeze/freeze-window';
import type { LandedVersion, Preparation } from './history/landed-version';
import type { PullRequests, ReviewRule } from './ports';
import type { Rejection } from './notes/rejection';
import type { KubernetesObject } from '../cluster/kubernetes-object';

/** What the request asks to run, as the systems say it. */
export type WishedTarget =
  | {
      readonly kind: 'version';
      readonly tag: string;
      readonly commit: string;
      /** What the registry holds for it; absent: no image repository was named. */
      readonly image?: {
        readonly repository: string;
        readonly tag: string;
        readonly digest: string;
      };
    }
  | {
      readonly kind: 'promotion' | 'rollback';
      /** Its images are those that belong to it, and no helpers'. */
      readonly version: DeployedVersion;
      /** Environment, or commit of the infra repository, that it is taken from. */
      readonly from: string;
    }
  /** Nothing is to run: the overlay is made for a first deployment. */
  | { readonly kind: 'prepare' };

/** What is asked to run. */
export type VersionTarget = Exclude<WishedTarget, { kind: 'prepare' }>;

/** The forge on which a request to merge is opened. */
export interface RequestForge {
  readonly kind: PullRequests['kind'];
  /** Whether the branch takes nothing without somebody's review, as far as the forge tells. */
  readonly review: ReviewRule;
  /** Page of the request that is open now; absent: none is, or the forge does not tell. */
  readonly openUrl?: string;
}

/** The commit that last changed something below an overlay's folder. */
export interface LastChange {
  readonly commit: string;
  /** Name of who asked for it, else of its author. */
  readonly by: string;
}

/** An overlay as it was before it was removed. */
export interface FormerOverlay {
  /** The newest commit of the infra repository that has it. */
  readonly infraCommit: string;
  /** Texts of its files by their paths. */
  readonly files: Readonly<Record<string, string>>;
}

/** What is read before it is decided how the overlay changes: plain JSON. */
export interface OverlayState {
  readonly infra: string;
  readonly branch: string;
  /** Commit of the branch; absent: the repository is empty. */
  readonly head?: string;
  readonly folder: string;
  /** Tree of the folder; absent: there is none. */
  readonly tree?: string;
  /** What last changed something below the folder; absent: nothing did. */
  readonly lastChange?: LastChange;
  readonly namespace: string;
  /** Texts of the folder's files by their paths. */
  readonly files: Readonly<Record<string, string>>;
  /** Of an overlay that is to be restored: what it was before it was removed; absent: it is not to be, or is there. */
  readonly former?: FormerOverlay;
  readonly target: WishedTarget;
  /** First words of comments in the overlay that are tags of the service. */
  readonly knownTags: readonly string[];
  /** Versions that landed in the environment, newest first. */
  readonly landed: readonly LandedVersion[];
  /** Changes by runs that prepared it, newest first; read only where it is to be prepared. */
  readonly preparations?: readonly Preparation[];
  /** What the base alone makes at the wished commit; absent: nothing of it is needed. */
  readonly base?: readonly KubernetesObject[];
  /** Who rejected the wished version; absent: nobody did, or it is a rollback, which that never holds back. */
  readonly rejection?: Rejection;
  /** Migrations that the version needs and the database lacks; absent: the database is not known, or has all. */
  readonly pending?: {
    /** Id of the last one that is applied; absent: none is. */
    readonly level?: string;
    /** Their ids, in order. */
    readonly ids: readonly string[];
  };
  /** The environment whose version alone gets in; absent: any version does. */
  readonly promotesFrom?: {
    readonly environment: string;
    /** What is there, with the images that belong to it; absent: nothing is. */
    readonly version?: DeployedVersion;
  };
  /** Of mode pull-request, where the infra repository is on a forge. */
  readonly forge?: RequestForge;
  readonly warnings: readonly string[];
}

/** All that a plan of a deployment is made from: plain JSON, read from the real systems at one moment. */
export interface DeploymentState extends OverlayState {
  /** What the overlay makes at the head; absent: there is none, or it does not render. */
  readonly before?: readonly KubernetesObject[];
  /** What it makes after the change. */
  readonly after: readonly KubernetesObject[];
  readonly findings: readonly DeploymentFinding[];
  /** Of mode apply: what lives, and what the cluster would make of the overlay. */
  readonly cluster?: ClusterState;
  /** Of the git modes: what brings it up, where it can be looked at; and whether what landed last is still to come up. */
  readonly sync?: SyncSource & { readonly isOpen: boolean };
  /** Absent: no freeze window holds it back. */
  readonly frozen?: Frozen;
}
