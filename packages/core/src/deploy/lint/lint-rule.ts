import type { DeploymentFinding } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { ClosedTree } from '../kustomization/closed-tree';
import type { Workload } from './workloads';

/** What a caller knows of the place that the objects go to. */
export interface LintContext {
  /** The environment's; default: that of the overlay's kustomization. */
  readonly namespace?: string;
  /** Name of the environment, given by a deployment: what is only worth a warning in a render is an error then. */
  readonly environment?: string;
  /** Whether images have to be pinned by a digest; default false. */
  readonly isProduction?: boolean;
  /** What the environment has now, as it was rendered or lives; the comparing rules need it. */
  readonly before?: readonly KubernetesObject[];
  /** Whether what lives is compared too, which alone tells what the cluster filled in for a claim; default false. */
  readonly livesTold?: boolean;
}

/** What the rules look at. */
export interface LintedObjects extends LintContext {
  readonly objects: readonly KubernetesObject[];
  /** Those of the objects that run pods. */
  readonly workloads: readonly Workload[];
  /** What they were rendered from; absent: nobody knows. */
  readonly tree?: ClosedTree;
  /** Whether the overlay is one that is only prepared, so that nothing is to run. */
  readonly isPrepared: boolean;
}

/** A finding before it has a place. */
export interface LintProblem
  extends Pick<DeploymentFinding, 'code' | 'severity' | 'message' | 'hint'> {
  /** The object it is about; absent: all of them. */
  readonly on?: KubernetesObject;
  /** Keys and indexes from the object's root to what is wrong. */
  readonly path?: readonly (string | number)[];
}

/** One rule: all that it has to say. */
export type LintRule = (linted: LintedObjects) => LintProblem[];
