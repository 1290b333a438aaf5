import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { scaffolderDojoTranslationRef } from '../../translation';
import type { PlanFailure } from './useReleasePlan';
import styles from './ReleasePlanReview.module.css';

/** Why there is no plan, what to do, and a way to try again where that may help. */
export function PlanFailureAlert(props: {
  readonly failure: PlanFailure;
  readonly onRetry: () => void;
}) {
  const { failure, onRetry } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const hint =
    failure.hint ??
    (failure.denied ? t('releaseReview.failure.deniedHint') : undefined);
  return (
    <Alert
      status={failure.denied ? 'warning' : 'danger'}
      icon
      title={
        failure.denied
          ? t('releaseReview.failure.denied')
          : t('releaseReview.failure.title')
      }
      description={
        <>
          <span className={styles.sentence}>{failure.message}</span>
          {hint && <span className={styles.sentence}>{hint}</span>}
        </>
      }
      customActions={
        <Button size="small" variant="secondary" onPress={onRetry}>
          {t('releaseReview.failure.retry')}
        </Button>
      }
    />
  );
}
