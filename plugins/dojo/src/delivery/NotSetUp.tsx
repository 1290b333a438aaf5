import type { Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Delivery } from 'backstage-plugin-dojo-common';
import { Section, SourceBlock } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import { fileOfEntity } from './fileOfEntity';

/** What a component misses to have deliveries, the lines to add, and the file to add them to. */
export function NotSetUp(props: {
  readonly notSetUp: Extract<Delivery, { kind: 'not-set-up' }>;
  readonly entity: Entity;
}) {
  const { missing, yaml } = props.notSetUp;
  const { t } = useTranslationRef(dojoTranslationRef);
  const { name, href } = fileOfEntity(props.entity);
  const file =
    href === undefined ? <code>{name}</code> : <Link href={href}>{name}</Link>;
  return (
    <Section
      title={
        missing.includes('repository')
          ? t('delivery.notSetUp.repository')
          : t('delivery.notSetUp.environments')
      }
    >
      <p>{t('delivery.notSetUp.add', { file })}</p>
      <SourceBlock>{yaml}</SourceBlock>
      {missing.length > 1 && <p>{t('delivery.notSetUp.environments')}</p>}
    </Section>
  );
}
