import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, VisuallyHidden } from '@backstage/ui';
import { scaffolderDojoTranslationRef } from '../../translation';
import { PlanFailureAlert } from './PlanFailureAlert';
import { PlanSkeleton } from './PlanSkeleton';
import { ReleasePlanView } from './ReleasePlanView';
import type { PlanState } from './useReleasePlan';
import styles from './ReleasePlanReview.module.css';

/** Properties of {@link ReleasePlanReview}. */
export interface ReleasePlanReviewProps {
  /** Entity ref of the component; absent: none is chosen yet. */
  readonly component: string | undefined;
  readonly state: PlanState;
  readonly onRetry: () => void;
}

/** The review of a release in each of its states; a live region says when the state changes. */
export function ReleasePlanReview(props: ReleasePlanReviewProps) {
  const { component, state, onRetry } = props;
  const announcement = useAnnouncement(state);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <section
      className={styles.root}
      aria-label={t('releaseReview.label')}
      aria-busy={state.kind === 'loading'}
    >
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
      {state.kind === 'no-component' && (
        <Alert
          status="info"
          icon
          title={t('releaseReview.noComponent.title')}
          description={t('releaseReview.noComponent.description')}
        />
      )}
      {state.kind === 'loading' && <PlanSkeleton />}
      {state.kind === 'failed' && (
        <PlanFailureAlert failure={state.failure} onRetry={onRetry} />
      )}
      {state.kind === 'loaded' && (
        <ReleasePlanView name={nameOf(component)} result={state.result} />
      )}
    </section>
  );
}

function nameOf(component: string | undefined): string {
  if (!component) return '';
  return parseEntityRef(component, {
    defaultKind: 'component',
    defaultNamespace: 'default',
  }).name;
}

function useAnnouncement(state: PlanState): string {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  switch (state.kind) {
    case 'no-component':
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
