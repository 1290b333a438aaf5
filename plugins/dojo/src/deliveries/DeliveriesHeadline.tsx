import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, Text } from '@backstage/ui';
import type { Deliveries } from 'backstage-plugin-dojo-common';
import { Muted } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import styles from './deliveries.module.css';
import type { DeliveriesView } from './deliveriesView';
import { isSilent } from './LateSources';

/** How many need somebody, read aloud when it changes; where only some states are shown, how many those are. */
export function DeliveriesHeadline(props: {
  readonly answer: Deliveries | undefined;
  readonly view: DeliveriesView;
  readonly ownsNothing: boolean;
}) {
  const { answer, view, ownsNothing } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  if (!answer) return <Skeleton width={220} height={24} />;
  const { total, counts } = answer;
  // The counts are of every state.
  const isOfStates = Boolean(view.environment ?? view.state ?? view.flag);
  return (
    <div role="status" className={styles.headline}>
      {!isOfStates && isAllHealthy(answer) && (
        <Text as="h2" variant="title-x-small" weight="bold">
          {t('deliveries.allHealthy')}
        </Text>
      )}
      {total > 0 && (
        <p className={styles.count}>
          {isOfStates
            ? t('deliveries.matching', { count: total })
            : t('deliveries.needAttention', {
                count: counts.attention,
                total: String(total),
              })}
        </p>
      )}
      {ownsNothing && <Muted as="p">{t('deliveries.ownsNothing')}</Muted>}
    </div>
  );
}

/** Nothing needs anybody, and nothing that would know otherwise is silent: silence is not health. */
function isAllHealthy({ counts, rows, sources }: Deliveries): boolean {
  return counts.attention === 0 && rows.length > 0 && !sources.some(isSilent);
}
