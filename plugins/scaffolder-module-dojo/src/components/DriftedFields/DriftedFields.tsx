import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type DeliveryDrift,
  type DojoClient,
  type DojoRequestOptions,
  leftAloneIn,
} from 'backstage-plugin-dojo-common';
import {
  literalText,
  Muted,
  Section,
  useAnswer,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';

const getDrift = async (
  client: DojoClient,
  { component, environment }: { component: string; environment: string },
  options: DojoRequestOptions,
): Promise<DeliveryDrift> => {
  const delivery = (await client.getDelivery(component, options))?.delivery;
  const found =
    delivery?.kind === 'delivery'
      ? delivery.environments.find(({ name }) => name === environment)
      : undefined;
  return found?.drift ?? { kind: 'none' };
};

/**
 * The fields of an environment that somebody changed beside git, each with both values and its owner, as the Delivery tab
 * has them, and those that are left to a controller. Nothing where there are none, or where that is not known: what the plan writes is shown all the same.
 */
export function DriftedFields(props: {
  /** Entity ref. */
  readonly component: string;
  readonly environment: string;
}) {
  const { state } = useAnswer(props, getDrift);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (state.kind !== 'loaded') return null;
  const drift = state.result;
  const leftAlone = leftAloneIn(drift).map(({ field }) => (
    <p key={field}>
      <Muted>
        {t('deploymentReview.drift.leftAlone', { field: literalText(field) })}
      </Muted>
    </p>
  ));
  if (drift.kind !== 'drifted') return <>{leftAlone}</>;
  const { fields } = drift;
  return (
    <Section
      title={t('deploymentReview.drift.title', { count: fields.length })}
    >
      <ul>
        {fields.map(({ object, field, live, wanted, manager }) => (
          <li key={`${object} ${field}`}>
            {t('deploymentReview.drift.field', {
              object: literalText(object),
              field: literalText(field),
              live: literalText(live),
              wanted: literalText(wanted),
              manager: literalText(manager),
            })}
          </li>
        ))}
      </ul>
      {leftAlone}
    </Section>
  );
}
