import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';
import {
  MarkShape,
  PersonName,
  RelativeTime,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import styles from './Pipeline.module.css';

/** The change that waits to land, who asked for it and when, and whether its source went on since. */
export function WaitingFact(props: {
  readonly environment: DeliveryEnvironment;
}) {
  const { waiting } = props.environment;
  const { t } = useTranslationRef(dojoTranslationRef);
  if (!waiting) return null;
  const { kind, version, since, requestedBy, url, outdated } = waiting;
  const what = version ?? t('delivery.environment.aChange');
  const time = <RelativeTime at={since} />;
  return (
    <div className={styles.waiting}>
      <p>
        <MarkShape shape="⏳" /> {words()}
        {url && (
          <>
            {' '}
            <Link href={url}>{t('delivery.environment.openChange')}</Link>
          </>
        )}
      </p>
      {outdated && (
        <p>
          {t('delivery.environment.outdated', {
            source: outdated.source,
            now: outdated.version,
            version: what,
          })}
        </p>
      )}
    </div>
  );

  function words() {
    if (kind === 'controller')
      return (
        <>
          {t('delivery.environment.waitsController', { version: what, time })}
        </>
      );
    return (
      <>
        {requestedBy
          ? t('delivery.environment.waitsRequested', {
              version: what,
              who: <PersonName person={requestedBy} />,
              time,
            })
          : t('delivery.environment.waits', { version: what, time })}
      </>
    );
  }
}
