import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryPerson } from 'backstage-plugin-dojo-common';
import { PersonName, RelativeTime } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';

/** That an overlay is gone, as a part of a sentence or, `alone`, as one: `removed by guest 1 min ago`. */
export function RemovedFact(props: {
  readonly removed: { readonly at: string; readonly by?: DeliveryPerson };
  readonly alone?: boolean;
}) {
  const { at, by } = props.removed;
  const { t } = useTranslationRef(dojoTranslationRef);
  const values = {
    who: by ? <PersonName person={by} /> : t('delivery.nobodyKnown'),
    time: <RelativeTime at={at} />,
  };
  return (
    <>
      {props.alone
        ? t('delivery.environment.overlayRemoved', values)
        : t('delivery.environment.removed', values)}
    </>
  );
}
