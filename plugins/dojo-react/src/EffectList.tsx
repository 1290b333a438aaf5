import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PlannedEffect } from 'backstage-plugin-dojo-common';
import type { ReactNode } from 'react';
import { dojoReactTranslationRef } from './translation';
import { Badge } from './Badge';
import { Section } from './Section';
import styles from './kit.module.css';

/** The effects in the order they will run; what the systems already hold is marked. */
export function EffectList(props: {
  readonly effects: readonly PlannedEffect[];
  /** What is said after the text of one, such as that it is new; default: nothing. */
  readonly note?: (effect: PlannedEffect) => ReactNode;
}) {
  const { effects, note } = props;
  const { t } = useTranslationRef(dojoReactTranslationRef);
  return (
    <Section title={t('effectList.title')}>
      <ol className={styles.effects}>
        {effects.map(effect => (
          <li key={effect.key}>
            {effect.text}
            {note?.(effect)}
            {effect.already && (
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
