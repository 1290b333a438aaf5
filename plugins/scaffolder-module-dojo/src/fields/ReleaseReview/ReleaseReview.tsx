import type {
  DojoClient,
  DojoRequestOptions,
  ReleasePlanBody,
} from 'backstage-plugin-dojo-common';
import { useEffect, useRef } from 'react';
import { ReleasePlanReview } from '../../components/ReleasePlanReview/ReleasePlanReview';
import { useAnswer } from '../../components/PlanReview/useAnswer';
import { planBodyOf } from './planBodyOf';
import type { ReleaseReviewProps, ReleaseReviewValue } from './schema';
import { valueOf } from './valueOf';

// What the form itself gives an object without a value; `undefined` would be reported as a missing property before
// validateReleaseReview can say what is wrong.
const noValue = {} as ReleaseReviewValue;

const planRelease = (
  client: DojoClient,
  body: ReleasePlanBody,
  options: DojoRequestOptions,
) => client.planRelease(body, options);

/**
 * Shows the plan for what the form holds so far, and gives the form that plan's identity. While there is no plan to
 * run (not yet, failed, nothing to release) the form has no value, so that it cannot go on with an older one.
 */
export function ReleaseReview(props: ReleaseReviewProps) {
  const body = planBodyOf(props.formContext?.formData);
  const { state, retry } = useAnswer(body, planRelease);

  const form = useRef(props);
  form.current = props;
  useEffect(() => {
    const value = state.kind === 'loaded' ? valueOf(state.result) : undefined;
    const { formData, onChange } = form.current;
    if (formData?.planHash !== value?.planHash) onChange(value ?? noValue);
  }, [state]);

  return (
    <ReleasePlanReview
      component={body?.component}
      state={state}
      onRetry={retry}
    />
  );
}
