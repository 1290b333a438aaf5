import type {
  DojoClient,
  DojoRequestOptions,
  ReleasePlanBody,
} from 'backstage-plugin-dojo-common';
import { ReleasePlanReview } from '../../components/ReleasePlanReview/ReleasePlanReview';
import { NewSince } from '../../components/NewSince/NewSince';
import { partsOfRelease } from '../../components/NewSince/reviewedParts';
import { useBlockedStep } from '../../components/PlanReview/useBlockedStep';
import { usePermittedAnswer } from '../access/usePermittedAnswer';
import { useReviewedValue } from '../useReviewedValue';
import { planBodyOf } from './planBodyOf';
import type { ReleaseReviewProps } from './schema';
import { valueOf } from './valueOf';

const planRelease = (
  client: DojoClient,
  body: ReleasePlanBody,
  options: DojoRequestOptions,
) => client.planRelease(body, options);

/** Shows the plan of a release for what the form holds so far, and gives the form that plan's identity. */
export function ReleaseReview(props: ReleaseReviewProps) {
  const body = planBodyOf(props.formContext?.formData);
  const { state, retry } = usePermittedAnswer('release', body, planRelease);
  const value = useReviewedValue(props, state, valueOf);
  const root = useBlockedStep(value === undefined);
  return (
    <div ref={root}>
      <NewSince
        reviewed={props.formData?.planHash}
        body={body}
        state={state}
        planHash={value?.planHash}
        partsOf={partsOfRelease}
      >
        <ReleasePlanReview
          component={body?.component}
          state={state}
          onRetry={retry}
        />
      </NewSince>
    </div>
  );
}
