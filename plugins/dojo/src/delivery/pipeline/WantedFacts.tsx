import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import {
  type DeliveryEnvironment,
  type DeliveryPerson,
  wantedBesides,
} from 'backstage-plugin-dojo-common';
import {
  Muted,
  PersonName,
  RelativeTime,
  sentenceOf,
} from 'backstage-plugin-dojo-react';
import type { ReactNode } from 'react';
import { dojoTranslationRef } from '../../translation';
import { RemovedFact } from './RemovedFact';

/** What git wants: the version where another one runs, when it landed, and by whom. */
export function WantedFacts(props: {
  readonly environment: DeliveryEnvironment;
}) {
  const { environment } = props;
  const { wanted, running, health, overlayUrl } = environment;
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
      // Its health goes on with it.
      return wanted.removed && health.kind === 'not-deployed' ? null : (
        <p>{nothing(wanted)}</p>
      );
    case 'unreadable': {
      const page = wanted.url ?? overlayUrl;
      return (
        <p>
          <strong>{sentenceOf(wanted.sentence)}</strong>{' '}
          {page && (
            <Link href={page}>{t('delivery.environment.openFile')}</Link>
          )}
        </p>
      );
    }
    default:
      return <p>{t('delivery.environment.wantedUnknown')}</p>;
  }

  function nothing({
    prepared,
    removed,
  }: Extract<DeliveryEnvironment['wanted'], { kind: 'nothing' }>): ReactNode {
    // Of what git has no more, and the cluster still does.
    if (removed) return <RemovedFact removed={removed} alone />;
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
