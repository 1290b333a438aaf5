import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type {
  DeliveryAction,
  DeliveryEnvironment,
} from 'backstage-plugin-dojo-common';
import {
  MarkShape,
  PersonName,
  RelativeTime,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { useActionLink } from '../useActionLink';
import styles from './Pipeline.module.css';

/** The change that waits to land, who asked for it and when, and whether its source went on since. */
export function WaitingFact(props: {
  readonly environment: DeliveryEnvironment;
  readonly actions: readonly DeliveryAction[];
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
        <>
          <p>
            {t('delivery.environment.outdated', {
              source: outdated.source,
              now: outdated.version,
              version: what,
            })}
          </p>
          <OutdatedLinks actions={props.actions} />
        </>
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

/** The two ends of a change whose source went on: it is asked for anew, or taken back where it is shown. */
function OutdatedLinks(props: { readonly actions: readonly DeliveryAction[] }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const linkOf = useActionLink();
  const hrefOf = (wanted: DeliveryAction['id'], evenBlocked: boolean) => {
    const found = props.actions.find(
      ({ id, state }) => id === wanted && (evenBlocked || state === 'ready'),
    );
    return found && linkOf(found);
  };
  const update = hrefOf('promote', false);
  // A change that may not be merged can be taken back all the same.
  const close = hrefOf('merge', true);
  if (!update && !close) return null;
  return (
    <p className={styles.outdatedLinks}>
      {update && <Link href={update}>{t('delivery.environment.update')}</Link>}
      {close && <Link href={close}>{t('delivery.environment.close')}</Link>}
    </p>
  );
}
