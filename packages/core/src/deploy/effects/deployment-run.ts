import type { EffectStep } from '../../effect/effect-step';
import type { InfraChange, InfraRepository } from '../ports';

/** What the effects of a deployment are made from once they are settled. */
export interface DeploymentRun {
  readonly planHash: string;
  readonly infra: InfraRepository;
  /** The planned texts, by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  /** The change over the head that was planned on, without its branch. */
  readonly change: Omit<InfraChange, 'branch' | 'createsBranch' | 'replaces'>;
  /** Called once the infra repository was seen to hold the change. */
  onCommit(commit: string): void;
}

/** An effect of a deployment. */
export type DeploymentStep = EffectStep<DeploymentRun>;
