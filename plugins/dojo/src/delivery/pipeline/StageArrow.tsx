import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatSpan } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import styles from './Pipeline.module.css';

/** The way from one stage to the next, with how long the version took for it where that is known. */
export function StageArrow(props: {
  readonly afterMs?: number;
  /** The environment it leads from; default: the release. */
  readonly from?: string;
}) {
  const { afterMs, from } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const span = afterMs === undefined ? undefined : formatSpan(afterMs);
  return (
    <div className={styles.arrow}>
      <svg viewBox="0 0 24 12" aria-hidden="true">
        <path d="M0 6h20M15 1l6 5-6 5" />
      </svg>
      {span && (
        <>
          <span aria-hidden="true">{span}</span>
          <span className={styles.hidden}>
            {from
              ? t('delivery.pipeline.after', { span, stage: from })
              : t('delivery.pipeline.afterRelease', { span })}
          </span>
        </>
      )}
    </div>
  );
}
