import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { componentName } from '../componentName';
import { PlanReview } from '../PlanReview/PlanReview';
import { ReleasePlanView } from './ReleasePlanView';

/** Properties of {@link ReleasePlanReview}. */
export interface ReleasePlanReviewProps {
  /** Entity ref of the component; absent: none is chosen yet. */
  readonly component: string | undefined;
  readonly state: AnswerState<ReleaseResult>;
  readonly onRetry: () => void;
}

/** The review of a release in each of its states. */
export function ReleasePlanReview(props: ReleasePlanReviewProps) {
  const { component, state, onRetry } = props;
  const announcement = useAnnouncement(state);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <PlanReview
      label={t('releaseReview.label')}
      state={state}
      onRetry={onRetry}
      incomplete={{
        title: t('releaseReview.noComponent.title'),
        description: t('releaseReview.noComponent.description'),
      }}
      announcement={announcement}
    >
      {result =>
        component && (
          <ReleasePlanView name={componentName(component)} result={result} />
        )
      }
    </PlanReview>
  );
}

function useAnnouncement(state: AnswerState<ReleaseResult>): string {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  switch (state.kind) {
    case 'incomplete':
      return '';
    case 'loading':
      return t('releaseReview.loading');
    case 'failed':
      return t('releaseReview.failed', { message: state.failure.message });
    default: {
      const { release, finish } = state.result.plan.decides;
      if (release) {
        return t('releaseReview.loaded', { version: release.version });
      }
      return finish
        ? t('releaseReview.loadedFinish', { version: finish.version })
        : t('releaseReview.loadedNothing');
    }
  }
}
