import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import {
  type EnvironmentMeasures,
  type HistoryEntry,
  shortOid,
} from 'backstage-plugin-dojo-common';
import { RelativeTime } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { Fold } from '../Fold';
import styles from './Measures.module.css';

type Failed = EnvironmentMeasures['failures']['list'][number];

/** The deployments that failed, each once, with its reason; folded. */
export function FailedList(props: {
  readonly failures: readonly Failed[];
  /** Of the history, by id: what is known of them. */
  readonly entries: ReadonlyMap<string, HistoryEntry>;
}) {
  const { failures, entries } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  if (failures.length === 0) return null;
  return (
    <Fold
      summary={t('delivery.measures.failures.show', { count: failures.length })}
    >
      <ul className={styles.failed}>
        {failures.map(({ id, reason }) => (
          <li key={id}>
            <FailedName id={id} entry={entries.get(id)} />{' '}
            {t(`delivery.measures.failures.reason.${reason}`)}
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function FailedName(props: {
  readonly id: string;
  readonly entry: HistoryEntry | undefined;
}) {
  const { id, entry } = props;
  const commit = shortOid(id.replace(/^deployment:/, ''));
  if (entry?.kind !== 'deployment') return <>{commit}</>;
  const name = entry.version ?? commit;
  return (
    <>
      {entry.url ? <Link href={entry.url}>{name}</Link> : name}{' '}
      <RelativeTime at={entry.at} />
    </>
  );
}
