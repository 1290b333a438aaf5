import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { type DeliveryDrift, leftAloneIn } from 'backstage-plugin-dojo-common';
import {
  HealthMark,
  literalText,
  Muted,
  RelativeTime,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { Fold } from '../Fold';
import { shortDigest } from './shortDigest';

type Drifted = Extract<DeliveryDrift, { kind: 'drifted' }>;

/**
 * That what runs is not what git says. Which fields, with both values, by whom and when, folds out: `2 fields differ from
 * git: Deployment/ledger replicas 2 instead of 1, image :test instead of sha256:9f2c41…, changed by kubectl 3 min ago.`
 */
export function DriftFact({ drift }: { readonly drift: Drifted }) {
  const { fields, omitted } = drift;
  const { t } = useTranslationRef(dojoTranslationRef);
  const parts = fields.map((field, at) => {
    const isSame = at > 0 && fields[at - 1].object === field.object;
    return t(`delivery.drift.${isSame ? 'sameObject' : 'field'}`, {
      object: literalText(field.object),
      field: literalText(field.field),
      live: literalText(shown(field.live)),
      wanted: literalText(shown(field.wanted)),
    });
  });
  const more =
    omitted > 0 ? [t('delivery.drift.omitted', { count: omitted })] : [];
  const managers = [...new Set(fields.map(({ manager }) => manager))]
    .map(literalText)
    .join(t('delivery.drift.and'));
  const at = fields
    .flatMap(field => field.at ?? [])
    .sort()
    .at(-1);
  return (
    <Fold summary={<HealthMark kind="drifted" />}>
      <p>
        {t('delivery.drift.fields', {
          count: fields.length + omitted,
          fields: [...parts, ...more].join(', '),
        })}
        {at === undefined
          ? t('delivery.drift.byUnknownTime', { managers })
          : t('delivery.drift.by', { managers, ago: <RelativeTime at={at} /> })}
      </p>
    </Fold>
  );
}

/** What a controller of the cluster owns, and nobody has to mend: `replicas belongs to the autoscaler; it is left alone.` */
export function LeftAloneFact({ drift }: { readonly drift: DeliveryDrift }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <>
      {leftAloneIn(drift).map(({ field }) => (
        <p key={field}>
          <Muted>
            {t('delivery.drift.leftAlone', { field: literalText(field) })}
          </Muted>
        </p>
      ))}
    </>
  );
}

/** A digest is as long as a line; its beginning tells it from another one. */
function shown(value: string): string {
  return /^sha256:[0-9a-f]{64}$/.test(value) ? shortDigest(value) : value;
}
