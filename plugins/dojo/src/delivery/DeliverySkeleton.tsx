import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { dojoTranslationRef } from '../translation';
import styles from './delivery.module.css';

/** The page's outline while the first answer is on its way. */
export function DeliverySkeleton() {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <div role="status" aria-label={t('delivery.loading')} aria-busy="true">
      <div className={styles.skeletons} aria-hidden="true">
        <Skeleton width="12rem" height={28} />
        <Skeleton width="100%" height={220} />
        <Skeleton width="100%" height={160} />
      </div>
    </div>
  );
}
