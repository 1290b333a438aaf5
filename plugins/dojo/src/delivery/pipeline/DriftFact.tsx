import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryDrift } from 'backstage-plugin-dojo-common';
import {
  HealthMark,
  literalText,
  RelativeTime,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { Fold } from '../Fold';
import styles from './Pipeline.module.css';

type Drifted = Extract<DeliveryDrift, { kind: 'drifted' }>;

/** That what runs is not what git says; which fields, with both values and by whom, folds out. */
export function DriftFact({ drift }: { readonly drift: Drifted }) {
  const { fields, omitted } = drift;
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <Fold summary={<HealthMark kind="drifted" />}>
      <p>{t('delivery.drift.fields', { count: fields.length + omitted })}</p>
      <ul className={styles.commits}>
        {fields.map(field => (
          <li key={`${field.object} ${field.field}`}>
            <DriftedField field={field} />
          </li>
        ))}
      </ul>
      {omitted > 0 && <p>{t('delivery.drift.omitted', { count: omitted })}</p>}
    </Fold>
  );
}

function DriftedField({
  field,
}: {
  readonly field: Drifted['fields'][number];
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <>
      {t('delivery.drift.field', {
        object: literalText(field.object),
        field: literalText(field.field),
        live: literalText(field.live),
        wanted: literalText(field.wanted),
        manager: literalText(field.manager),
      })}
      {field.at && (
        <>
          {' '}
          <RelativeTime at={field.at} />
        </>
      )}
    </>
  );
}
