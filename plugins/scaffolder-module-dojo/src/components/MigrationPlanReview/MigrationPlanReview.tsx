import { refusalsOf } from 'backstage-plugin-dojo-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MigrationPlanBody,
  MigrationResult,
} from 'backstage-plugin-dojo-common';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { PlanReview } from '../PlanReview/PlanReview';
import { MigrationPlanView } from './MigrationPlanView';
import { useMigrationTitle } from './useMigrationTitle';

/** Properties of {@link MigrationPlanReview}. */
export interface MigrationPlanReviewProps {
  /** What is planned; absent: component or environment is not chosen yet. */
  readonly body: MigrationPlanBody | undefined;
  readonly state: AnswerState<MigrationResult>;
  readonly onRetry: () => void;
}

/** The review of a migration in each of its states. */
export function MigrationPlanReview(props: MigrationPlanReviewProps) {
  const { body, state, onRetry } = props;
  const announcement = useAnnouncement(body, state);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <PlanReview
      label={t('migrationReview.label')}
      state={state}
      onRetry={onRetry}
      incomplete={{
        title: t('migrationReview.incomplete.title'),
        description: t('migrationReview.incomplete.description'),
      }}
      announcement={announcement}
    >
      {result =>
        body && (
          <MigrationPlanView body={body} result={result} onReplan={onRetry} />
        )
      }
    </PlanReview>
  );
}

function useAnnouncement(
  body: MigrationPlanBody | undefined,
  state: AnswerState<MigrationResult>,
): string {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const titleOf = useMigrationTitle();
  switch (state.kind) {
    case 'loading':
      return t('migrationReview.loading');
    case 'failed':
      return t('migrationReview.failed', { message: state.failure.message });
    case 'loaded': {
      if (!body) return '';
      const title = titleOf(body, state.result);
      const count = refusalsOf(state.result.plan.shows.findings).length;
      return count > 0
        ? t('migrationReview.loadedRefused', { title, count })
        : t('migrationReview.loaded', { title });
    }
    default:
      return '';
  }
}
