import type {
  DeployedVersion,
  DeploymentFinding,
} from 'backstage-plugin-dojo-common';
import type { Frozen } from './freeze/freeze-window';
import type { LandedVersion } from './history/landed-version';
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
    };

/** What is read before it is decided how the overlay changes: plain JSON. */
export interface OverlayState {
  readonly infra: string;
  readonly branch: string;
  /** Commit of the branch; absent: the repository is empty. */
  readonly head?: string;
  readonly folder: string;
  /** Tree of the folder; absent: there is none. */
  readonly tree?: string;
  /** Commit that last changed something below the folder; absent: none did. */
  readonly lastChange?: string;
  readonly namespace: string;
  /** Texts of the folder's files by their paths. */
  readonly files: Readonly<Record<string, string>>;
  readonly target: WishedTarget;
  /** First words of comments in the overlay that are tags of the service. */
  readonly knownTags: readonly string[];
  /** Versions that landed in the environment, newest first. */
  readonly landed: readonly LandedVersion[];
  /** What the base alone makes at the wished commit; absent: nothing of it is needed. */
  readonly base?: readonly KubernetesObject[];
  readonly warnings: readonly string[];
}

/** All that a plan of a deployment is made from: plain JSON, read from the real systems at one moment. */
export interface DeploymentState extends OverlayState {
  /** What the overlay makes at the head; absent: there is none, or it does not render. */
  readonly before?: readonly KubernetesObject[];
  /** What it makes after the change. */
  readonly after: readonly KubernetesObject[];
  readonly findings: readonly DeploymentFinding[];
  /** Absent: no freeze window holds it back. */
  readonly frozen?: Frozen;
}
