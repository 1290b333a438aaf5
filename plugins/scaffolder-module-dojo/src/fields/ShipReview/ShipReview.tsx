import type {
  DojoClient,
  DojoRequestOptions,
  ShipmentPlanBody,
} from 'backstage-plugin-dojo-common';
import { useCallback } from 'react';
import { NewSince } from '../../components/NewSince/NewSince';
import { partsOfShipment } from '../../components/NewSince/reviewedParts';
import { useBlockedStep } from '../../components/PlanReview/useBlockedStep';
import { ShipmentReview } from '../../components/ShipmentReview/ShipmentReview';
import { useShipmentTitle } from '../../components/ShipmentReview/useShipmentTitle';
import { usePermittedAnswer } from '../access/usePermittedAnswer';
import { useReviewedValue } from '../useReviewedValue';
import type { ShipReviewProps } from './schema';
import { shipBodyOf } from './shipBodyOf';
import { shipValueOf } from './shipValueOf';

const planShipment = (
  client: DojoClient,
  body: ShipmentPlanBody,
  options: DojoRequestOptions,
) => client.planShipment(body, options);

/** Shows the three plans of a shipment for what the form holds so far, and gives the form their identities. */
export function ShipReview(props: ShipReviewProps) {
  const body = shipBodyOf(props.formContext?.formData);
  const { state, retry } = usePermittedAnswer('ship', body, planShipment);
  const titleOf = useShipmentTitle();
  const valueOf = useCallback<
    (plan: Parameters<typeof shipValueOf>[0]) => ReturnType<typeof shipValueOf>
  >(plan => shipValueOf(plan, titleOf(plan)), [titleOf]);
  const value = useReviewedValue(props, state, valueOf);
  const root = useBlockedStep(value === undefined);
  return (
    <div ref={root}>
      <NewSince
        reviewed={props.formData?.planHash}
        body={body}
        state={state}
        planHash={value?.planHash}
        partsOf={partsOfShipment}
      >
        <ShipmentReview state={state} onRetry={retry} />
      </NewSince>
    </div>
  );
}
