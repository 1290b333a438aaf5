import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PlannedEffect } from 'backstage-plugin-dojo-common';
import { scaffolderDojoTranslationRef } from '../../translation';
import { Badge } from './Badge';
import { Section } from './Section';
import styles from './PlanReview.module.css';

/** The effects in the order they will run; what the systems already hold is marked. */
export function EffectList(props: {
  readonly effects: readonly PlannedEffect[];
}) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <Section title={t('plan.effects.title')}>
      <ol className={styles.effects}>
        {props.effects.map(({ key, text, already }) => (
          <li key={key}>
            {text}
            {already && (
              <>
                {' '}
                <Badge tone="announcement">{t('plan.effects.already')}</Badge>
              </>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
