import type {
  DeployedVersion,
  DeploymentBlock,
  DeploymentFinding,
  FileDiff,
  ObjectDiff,
} from 'backstage-plugin-dojo-common';
import type { LandedChange } from '../deployment-message';
import type { InfraChange } from '../ports';

/** A change that waits, and what came of looking at it. */
export interface WaitingChange {
  readonly kind: 'waiting';
  /** Branch that it lands on, and what that holds. */
  readonly branch: string;
  readonly head: string;
  /** Branch that asks for it, and its one commit. */
  readonly requestBranch: string;
  readonly tip: string;
  readonly message: string;
  /** When the change was asked for. */
  readonly date: Date;
  readonly change: LandedChange;
  readonly folder: string;
  /** Tree of the folder before the change. */
  readonly before?: string;
  /** Absent: the overlay is only prepared. */
  readonly version?: DeployedVersion;
  readonly files: InfraChange['files'];
  readonly diffs: readonly FileDiff[];
  readonly objects: readonly ObjectDiff[];
  readonly findings: readonly DeploymentFinding[];
  readonly blocks: readonly DeploymentBlock[];
  readonly warnings: readonly string[];
}

/** A change that landed before; what is left of it is its branch, if that still asks for it. */
export interface LandedBefore {
  readonly kind: 'landed';
  readonly branch: string;
  readonly requestBranch: string;
  readonly folder: string;
  readonly commit: string;
  readonly change: LandedChange;
  /** Absent: the branch is gone, or holds something else. */
  readonly tip?: string;
}
