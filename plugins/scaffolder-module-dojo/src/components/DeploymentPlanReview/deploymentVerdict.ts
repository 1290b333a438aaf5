import {
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
    };

/** Judges a plan as the engine will: with nothing to do no rule is asked, and an error weighs more than a window. */
export function deploymentVerdict({
  kind,
  shows,
}: DeploymentPlan): DeploymentVerdict {
  if (kind !== 'deploy') return { kind: 'nothing' };
  const count = refusalsOf(shows.findings).length;
  if (count > 0) return { kind: 'refused', count };
  return shows.frozen
    ? { kind: 'frozen', frozen: shows.frozen }
    : { kind: 'runs' };
}
