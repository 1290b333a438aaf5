import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';
import {
  HealthMark,
  literalText,
  RelativeTime,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { RemovedFact } from './RemovedFact';

/** The health of an environment as shape and word, with since when or why where that says more. */
export function HealthFact(props: {
  readonly environment: DeliveryEnvironment;
}) {
  const { name, health, wanted } = props.environment;
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <p>
      <HealthMark kind={health.kind}>{rest()}</HealthMark>
    </p>
  );

  function rest() {
    switch (health.kind) {
      case 'down':
      case 'failed':
        return health.since ? (
          <>
            {' '}
            <RelativeTime at={health.since} form="for" />
          </>
        ) : null;
      case 'rolling-out':
      case 'stopped':
        return health.sentence
          ? `: ${literalText(health.sentence).replace(/\.$/, '')}`
          : null;
      case 'not-deployed':
        return wanted.kind === 'nothing' && wanted.removed ? (
          <>
            , <RemovedFact removed={wanted.removed} />
          </>
        ) : null;
      case 'not-observed':
        return t('delivery.environment.noCluster', { environment: name });
      default:
        return null;
    }
  }
}
