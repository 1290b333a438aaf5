import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PlannedEffect } from 'backstage-plugin-dojo-common';
import { dojoReactTranslationRef } from './translation';
import { Badge } from './Badge';
import { Section } from './Section';
import styles from './kit.module.css';

/** The effects in the order they will run; what the systems already hold is marked. */
export function EffectList(props: {
  readonly effects: readonly PlannedEffect[];
}) {
  const { t } = useTranslationRef(dojoReactTranslationRef);
  return (
    <Section title={t('effectList.title')}>
      <ol className={styles.effects}>
        {props.effects.map(({ key, text, already }) => (
          <li key={key}>
            {text}
            {already && (
              <>
                {' '}
                <Badge tone="announcement">{t('effectList.already')}</Badge>
              </>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
