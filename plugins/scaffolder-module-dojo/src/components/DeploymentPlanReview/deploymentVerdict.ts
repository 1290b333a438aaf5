import {
  type DeploymentBlock,
  type DeploymentPlan,
  type DeploymentShows,
  refusalsOf,
} from 'backstage-plugin-dojo-common';

/** What becomes of a plan when it is confirmed now. `runs` is the only one that can be. */
export type DeploymentVerdict =
  | { readonly kind: 'runs' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly count: number }
  | {
      readonly kind: 'frozen';
      readonly frozen: NonNullable<DeploymentShows['frozen']>;
    }
  /** Another rule than a freeze window. */
  | { readonly kind: 'blocked'; readonly block: DeploymentBlock };

/** Judges a plan as the engine will: with nothing to do no rule is asked, and a window weighs less than all else. */
export function deploymentVerdict({
  kind,
  shows,
}: DeploymentPlan): DeploymentVerdict {
  if (kind !== 'deploy') return { kind: 'nothing' };
  const count = refusalsOf(shows.findings).length;
  if (count > 0) return { kind: 'refused', count };
  const { blocks = [], frozen } = shows;
  const block = blocks.find(({ code }) => code !== 'DEPLOY_FROZEN');
  if (block !== undefined) return { kind: 'blocked', block };
  if (frozen) return { kind: 'frozen', frozen };
  return blocks.length > 0
    ? { kind: 'blocked', block: blocks[0] }
    : { kind: 'runs' };
}
