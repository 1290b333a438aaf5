import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { DeliveryRun } from 'backstage-plugin-dojo-common';
import { PersonName, RelativeTime } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import { useTaskLink } from './useTaskLink';
import styles from './delivery.module.css';

/** The runs that have not ended, each with who started it and the way to it. */
export function RunningList(props: { readonly runs: readonly DeliveryRun[] }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  if (props.runs.length === 0) return null;
  return (
    <ul className={styles.running} aria-label={t('delivery.running.title')}>
      {props.runs.map(run => (
        <li key={run.id}>
          <RunText run={run} />
        </li>
      ))}
    </ul>
  );
}

function RunText({ run }: { readonly run: DeliveryRun }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const task = useTaskLink()(run.id) ?? run.url;
  const what = [
    t(`delivery.running.${run.kind}`),
    run.version,
    run.environment &&
      t('delivery.running.of', { environment: run.environment }),
  ]
    .filter(Boolean)
    .join(' ');
  const values = {
    what,
    who: run.by ? <PersonName person={run.by} /> : t('delivery.nobodyKnown'),
    time: <RelativeTime at={run.startedAt} seconds />,
  };
  return (
    <>
      <span aria-hidden="true">◐</span>{' '}
      {run.via === 'agent'
        ? t('delivery.running.byAgent', values)
        : t('delivery.running.by', values)}
      {run.step && ` · ${run.step}`}{' '}
      <Link href={task}>{t('delivery.attention.openTask')}</Link>
    </>
  );
}
