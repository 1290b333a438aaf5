import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link, Skeleton } from '@backstage/ui';
import type { DeliveryWhere } from 'backstage-plugin-dojo-common';
import { FailureAlert, Muted } from 'backstage-plugin-dojo-react';
import { useId, useState } from 'react';
import { dojoTranslationRef } from '../../translation';
import type { DeliveryAnswer } from '../deliveryAnswer';
import { Panel } from '../Panel';
import { FindForm } from './FindForm';
import { HistoryFilters } from './HistoryFilters';
import { HistoryItem } from './HistoryItem';
import { type HistoryFilter, useHistory } from './useHistory';
import styles from './History.module.css';

/** What happened, newest first, twenty at a time, by kind and environment; and where something is. */
export function History(props: {
  readonly delivery: DeliveryAnswer;
  readonly where: DeliveryWhere | undefined;
  readonly onFound: (where: DeliveryWhere | undefined) => void;
}) {
  const { delivery, where, onFound } = props;
  const { component, environments, generation } = delivery;
  const { t } = useTranslationRef(dojoTranslationRef);
  const [filter, setFilter] = useState<HistoryFilter>({});
  const { history, failure, isLoadingMore, showMore, retry } = useHistory(
    component,
    filter,
    generation,
  );
  const list = useId();
  return (
    <Panel title={t('delivery.history.title')}>
      <FindForm
        component={component}
        generation={generation}
        where={where}
        onFound={onFound}
      />
      <HistoryFilters
        environments={environments.map(({ name }) => name)}
        filter={filter}
        onChange={setFilter}
      />
      {failure && (
        <FailureAlert
          failure={failure}
          title={t('delivery.history.failed')}
          denied={{
            title: t('delivery.absent.title'),
            hint: t('delivery.absent.hint'),
          }}
          onRetry={retry}
        />
      )}
      {!history && !failure && (
        <div aria-busy="true" role="status" aria-label={t('delivery.loading')}>
          <Skeleton width="100%" height={120} />
        </div>
      )}
      {history?.entries.length === 0 && (
        <Muted as="p">
          {filter.kind || filter.environment
            ? t('delivery.history.noMatch')
            : t('delivery.history.empty')}
        </Muted>
      )}
      {history && history.entries.length > 0 && (
        <ol
          id={list}
          className={styles.entries}
          aria-label={t('delivery.history.title')}
        >
          {history.entries.map(entry => (
            <HistoryItem key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {history?.next && (
        <div>
          <Button
            size="small"
            variant="secondary"
            aria-controls={list}
            isPending={isLoadingMore}
            onPress={showMore}
          >
            {t('delivery.history.more')}
          </Button>
        </div>
      )}
      {history && !history.next && history.olderUrl && (
        <p>
          <Link href={history.olderUrl}>{t('delivery.history.older')}</Link>
        </p>
      )}
    </Panel>
  );
}
