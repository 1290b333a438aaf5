import type {
  DojoClient,
  DojoRequestOptions,
  ServicePlanBody,
  ServiceResult,
} from 'backstage-plugin-dojo-common';
import { useAnswer } from 'backstage-plugin-dojo-react';
import { useBlockedStep } from '../../components/PlanReview/useBlockedStep';
import { ServicePlanReview } from '../../components/ServicePlanReview/ServicePlanReview';
import { useReviewedValue } from '../useReviewedValue';
import type { ServiceReviewProps, ServiceReviewValue } from './schema';
import { serviceBodyOf } from './serviceBodyOf';

const planService = (
  client: DojoClient,
  body: ServicePlanBody,
  options: DojoRequestOptions,
) => client.planService(body, options);

/** Shows what a new service is made of, for what the form holds so far, and gives the form the plans' identities. */
export function ServiceReview(props: ServiceReviewProps) {
  const body = serviceBodyOf(props.formContext?.formData);
  const { state, retry } = useAnswer(body, planService);
  const value = useReviewedValue(props, state, valueOf);
  const root = useBlockedStep(value === undefined);
  return (
    <div ref={root}>
      <ServicePlanReview state={state} onRetry={retry} />
    </div>
  );
}

/** What goes with the form; absent where something stands against it. */
function valueOf({
  plan,
  planHash,
  problems,
}: ServiceResult): ServiceReviewValue | undefined {
  if (problems.length > 0) return undefined;
  return {
    planHash,
    repository: plan.repository.planHash,
    overlays: plan.overlays.planHash,
    release: plan.release.planHash,
    what: plan.shows.reason,
  };
}
