import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  EnvironmentMeasures,
  HistoryEntry,
} from 'backstage-plugin-dojo-common';
import { formatSpan, RelativeTime } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { Figure } from './Figure';

/** How long it took to be healthy again, and what is not yet. */
export function RecoveryFigure(props: {
  readonly measures: EnvironmentMeasures;
  readonly entries: ReadonlyMap<string, HistoryEntry>;
}) {
  const { measures, entries } = props;
  const { medianMs, count, open } = measures.recovery;
  const { t } = useTranslationRef(dojoTranslationRef);
  const since = open
    .flatMap(id => entries.get(id)?.at ?? [])
    .sort()
    .at(0);
  return (
    <Figure
      name={t('delivery.measures.recovery.name')}
      value={
        medianMs === undefined
          ? t('delivery.measures.recovery.none')
          : formatSpan(medianMs)
      }
      detail={
        <>
          {medianMs !== undefined &&
            t('delivery.measures.recovery.median', { count })}
          {medianMs !== undefined && open.length > 0 && '; '}
          {open.length > 0 &&
            t('delivery.measures.recovery.open', { count: open.length })}
          {since && (
            <>
              {' '}
              <RelativeTime at={since} form="for" />
            </>
          )}
          {(medianMs !== undefined || open.length > 0) && '.'}
        </>
      }
      rule={measures.rules.recovery}
    />
  );
}
