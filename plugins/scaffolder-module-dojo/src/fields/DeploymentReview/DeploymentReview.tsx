import type {
  DeploymentPlanBody,
  DeploymentResult,
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { useAnswer } from 'backstage-plugin-dojo-react';
import { useCallback } from 'react';
import { DeploymentPlanReview } from '../../components/DeploymentPlanReview/DeploymentPlanReview';
import { deploymentVerdict } from '../../components/DeploymentPlanReview/deploymentVerdict';
import { useDeploymentTitle } from '../../components/DeploymentPlanReview/useDeploymentTitle';
import { versionName } from '../../components/DeploymentPlanReview/versionName';
import { useBlockedStep } from '../../components/PlanReview/useBlockedStep';
import { useReviewedValue } from '../useReviewedValue';
import { deploymentBodyOf } from './deploymentBodyOf';
import type { DeploymentReviewProps, DeploymentReviewValue } from './schema';

const planDeployment = (
  client: DojoClient,
  body: DeploymentPlanBody,
  options: DojoRequestOptions,
) => client.planDeployment(body, options);

/** Shows the plan of a deployment for what the form holds so far, and gives the form that plan's identity. */
export function DeploymentReview(props: DeploymentReviewProps) {
  const body = deploymentBodyOf(
    props.formContext?.formData,
    props.uiSchema['ui:options'],
  );
  const { state, retry } = useAnswer(body, planDeployment);
  const value = useReviewedValue(props, state, useValueOf(body?.promoteFrom));
  const root = useBlockedStep(value === undefined);
  return (
    <div ref={root}>
      <DeploymentPlanReview body={body} state={state} onRetry={retry} />
    </div>
  );
}

/** What goes with the form for a plan; absent where it may not run, or running it would change nothing. */
function useValueOf(
  promoteFrom: string | undefined,
): (result: DeploymentResult) => DeploymentReviewValue | undefined {
  const titleOf = useDeploymentTitle();
  return useCallback(
    ({ plan, planHash }) =>
      deploymentVerdict(plan).kind === 'runs'
        ? {
            planHash,
            what: titleOf({ promoteFrom }, plan),
            version: versionName(plan.decides.version),
          }
        : undefined,
    [promoteFrom, titleOf],
  );
}
