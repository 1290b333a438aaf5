import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryRow } from 'backstage-plugin-dojo-common';
import { RelativeTime, literalText, Muted } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import styles from './deliveries.module.css';

/** How much waits for a release, what it will be, and since which one. */
export function UnreleasedFacts({ row }: { readonly row: DeliveryRow }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { unreleased, latest } = row;
  return (
    <span className={styles.facts}>
      {unreleased === undefined && <Muted>{t('deliveries.notKnown')}</Muted>}
      {unreleased?.count === 0 && <Muted>{t('deliveries.nothing')}</Muted>}
      {unreleased !== undefined && unreleased.count > 0 && (
        <span>{t('deliveries.commits', { count: unreleased.count })}</span>
      )}
      {unreleased?.next !== undefined && unreleased.count > 0 && (
        <span>
          {t('deliveries.next', { version: literalText(unreleased.next) })}
        </span>
      )}
      <Muted>
        {latest
          ? t('deliveries.since', { version: literalText(latest.version) })
          : t('deliveries.noRelease')}
      </Muted>
    </span>
  );
}

/** The latest release, and when it was. */
export function LatestFacts({ row }: { readonly row: DeliveryRow }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { latest } = row;
  if (!latest) return <Muted>{t('deliveries.noRelease')}</Muted>;
  return (
    <span className={styles.facts}>
      <span className={styles.version}>{literalText(latest.version)}</span>
      <Muted>
        <RelativeTime at={latest.at} />
      </Muted>
    </span>
  );
}
