import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Delivery } from 'backstage-plugin-dojo-common';
import { Section, SourceBlock } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';

/** What a component misses to have deliveries, and the lines to add to its file. */
export function NotSetUp(props: {
  readonly notSetUp: Extract<Delivery, { kind: 'not-set-up' }>;
}) {
  const { missing, yaml } = props.notSetUp;
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <Section
      title={
        missing.includes('repository')
          ? t('delivery.notSetUp.repository')
          : t('delivery.notSetUp.environments')
      }
    >
      <p>{t('delivery.notSetUp.add')}</p>
      <SourceBlock>{yaml}</SourceBlock>
    </Section>
  );
}
