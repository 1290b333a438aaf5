import type {
  DeploymentPlanBody,
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { useAnswer } from 'backstage-plugin-dojo-react';

const planDeployed = async (
  client: DojoClient,
  body: DeploymentPlanBody,
  options: DojoRequestOptions,
) => {
  const { from } = (await client.planDeployment(body, options)).plan.shows;
  return { tag: from?.tag };
};

/**
 * The tag that the overlay of an environment has now, which the plan of any version says. Where it cannot be planned
 * nothing is known: the review says why.
 *
 * @param body - absent: nothing is asked.
 */
export function useDeployedTag(body: DeploymentPlanBody | undefined): {
  readonly isPending: boolean;
  /** Whether `tag` says what is there; then an absent one means that nothing is. */
  readonly isKnown: boolean;
  readonly tag: string | undefined;
} {
  const { state } = useAnswer(body, planDeployed);
  return {
    isPending: state.kind === 'loading',
    isKnown: state.kind === 'loaded',
    tag: state.kind === 'loaded' ? state.result.tag : undefined,
  };
}
