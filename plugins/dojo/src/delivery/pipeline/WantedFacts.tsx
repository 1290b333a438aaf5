import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type {
  DeliveryEnvironment,
  DeliveryPerson,
} from 'backstage-plugin-dojo-common';
import {
  Muted,
  PersonName,
  RelativeTime,
  sentenceOf,
} from 'backstage-plugin-dojo-react';
import type { ReactNode } from 'react';
import { dojoTranslationRef } from '../../translation';
import { wantedBesides } from './environmentFacts';

/** What git wants: the version where another one runs, when it landed, and by whom. */
export function WantedFacts(props: {
  readonly environment: DeliveryEnvironment;
}) {
  const { environment } = props;
  const { wanted, running, overlayUrl } = environment;
  const { t } = useTranslationRef(dojoTranslationRef);
  switch (wanted.kind) {
    case 'version': {
      const besides = wantedBesides(environment);
      const landed = (
        <Landed wanted={wanted} observed={running.kind !== 'not-observed'} />
      );
      return besides ? (
        <p>
          {t('delivery.environment.wanted', { version: besides })}{' '}
          <Muted>{landed}</Muted>
        </p>
      ) : (
        <p>
          <Muted>{landed}</Muted>
        </p>
      );
    }
    case 'nothing':
      return <p>{nothing(wanted)}</p>;
    case 'unreadable':
      return (
        <p>
          <strong>{sentenceOf(wanted.sentence)}</strong>{' '}
          {overlayUrl && (
            <Link href={overlayUrl}>{t('delivery.environment.openFile')}</Link>
          )}
        </p>
      );
    default:
      return <p>{t('delivery.environment.wantedUnknown')}</p>;
  }

  function nothing({
    prepared,
    removed,
  }: Extract<DeliveryEnvironment['wanted'], { kind: 'nothing' }>): ReactNode {
    if (removed) {
      return t('delivery.environment.removed', {
        who: removed.by ? (
          <PersonName person={removed.by} />
        ) : (
          t('delivery.nobodyKnown')
        ),
        time: <RelativeTime at={removed.at} />,
      });
    }
    return (
      <Muted>
        {prepared
          ? t('delivery.environment.prepared')
          : t('delivery.environment.noOverlay')}
      </Muted>
    );
  }
}

function Landed(props: {
  readonly wanted: {
    readonly at: string;
    readonly by?: DeliveryPerson;
    readonly mergedBy?: DeliveryPerson;
    readonly change: string;
  };
  /** Whether a cluster says that it runs; without one it has landed, and no more is known. */
  readonly observed: boolean;
}) {
  const { at, by, mergedBy, change } = props.wanted;
  const { t } = useTranslationRef(dojoTranslationRef);
  const time = <RelativeTime at={at} />;
  return (
    <>
      {props.observed ? time : t('delivery.environment.landed', { time })}
      {mergedBy ? (
        <>
          {' · '}
          {t('delivery.environment.mergedBy', {
            who: <PersonName person={mergedBy} />,
          })}
        </>
      ) : (
        by && (
          <>
            {' · '}
            <PersonName person={by} />
          </>
        )
      )}
      {change === 'rollback' && ` · ${t('delivery.environment.rollback')}`}
    </>
  );
}
