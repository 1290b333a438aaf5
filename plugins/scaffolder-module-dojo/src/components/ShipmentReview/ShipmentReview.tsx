import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ShipmentPlan } from 'backstage-plugin-dojo-common';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { PlanReview } from '../PlanReview/PlanReview';
import { ShipmentView } from './ShipmentView';
import { shipmentVerdict } from './shipmentVerdict';
import { useShipmentTitle } from './useShipmentTitle';

/** The review of a shipment in each of its states. */
export function ShipmentReview(props: {
  readonly state: AnswerState<ShipmentPlan>;
  readonly onRetry: () => void;
}) {
  const { state, onRetry } = props;
  const announcement = useAnnouncement(state);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <PlanReview
      label={t('shipReview.label')}
      state={state}
      onRetry={onRetry}
      incomplete={{
        title: t('shipReview.incomplete.title'),
        description: t('shipReview.incomplete.description'),
      }}
      announcement={announcement}
    >
      {plan => <ShipmentView plan={plan} onReplan={onRetry} />}
    </PlanReview>
  );
}

function useAnnouncement(state: AnswerState<ShipmentPlan>): string {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const titleOf = useShipmentTitle();
  switch (state.kind) {
    case 'loading':
      return t('shipReview.loading');
    case 'failed':
      return t('shipReview.failed', { message: state.failure.message });
    case 'loaded': {
      const title = titleOf(state.result);
      return shipmentVerdict(state.result).kind === 'refused'
        ? t('shipReview.loadedRefused', { title })
        : t('shipReview.loaded', { title });
    }
    default:
      return '';
  }
}
