import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ServiceResult } from 'backstage-plugin-dojo-common';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { PlanReview } from '../PlanReview/PlanReview';
import { ServicePlanView } from './ServicePlanView';

/** The review of a new service in each of its states. */
export function ServicePlanReview(props: {
  readonly state: AnswerState<ServiceResult>;
  readonly onRetry: () => void;
}) {
  const { state, onRetry } = props;
  const announcement = useAnnouncement(state);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <PlanReview
      label={t('serviceReview.label')}
      state={state}
      onRetry={onRetry}
      incomplete={{
        title: t('serviceReview.incomplete.title'),
        description: t('serviceReview.incomplete.description'),
      }}
      announcement={announcement}
    >
      {result => <ServicePlanView result={result} />}
    </PlanReview>
  );
}

function useAnnouncement(state: AnswerState<ServiceResult>): string {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  switch (state.kind) {
    case 'loading':
      return t('serviceReview.loading');
    case 'failed':
      return t('serviceReview.failed', { message: state.failure.message });
    case 'loaded': {
      const { problems, plan } = state.result;
      return problems.length > 0
        ? t('serviceReview.loadedRefused', { count: problems.length })
        : t('serviceReview.loaded', { reason: plan.shows.reason });
    }
    default:
      return '';
  }
}
