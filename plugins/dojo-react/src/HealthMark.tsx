import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryHealthKind } from 'backstage-plugin-dojo-common';
import type { ReactNode } from 'react';
import { MarkShape } from './MarkShape';
import { dojoReactTranslationRef } from './translation';
import styles from './kit.module.css';

/** What stands beside the health of an environment, never instead of it. */
export type DeliveryMarkKind = 'waiting' | 'drifted' | 'frozen';

/** Shape and tone of each: shape and word carry the state, the tone only repeats it. */
const marks = {
  healthy: { shape: '●', tone: 'positive' },
  'rolling-out': { shape: '◐', tone: 'announcement' },
  failed: { shape: '▲', tone: 'negative' },
  down: { shape: '▲', tone: 'negative' },
  stopped: { shape: '■', tone: 'neutral' },
  'not-deployed': { shape: '○', tone: 'neutral' },
  unknown: { shape: '?', tone: 'neutral' },
  'not-observed': { shape: '◌', tone: 'neutral' },
  waiting: { shape: '⏳', tone: 'announcement' },
  drifted: { shape: '≠', tone: 'warning' },
  frozen: { shape: '❄', tone: 'announcement' },
} as const;

/**
 * The state of an environment as shape and word: `● Healthy`. `children` go on with the word: `▲ Down for 1 min`.
 */
export function HealthMark(props: {
  readonly kind: DeliveryHealthKind | DeliveryMarkKind;
  /** Instead of the word. */
  readonly word?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { kind, word, children } = props;
  const { t } = useTranslationRef(dojoReactTranslationRef);
  const { shape, tone } = marks[kind];
  return (
    <span className={styles.mark} data-tone={tone}>
      <span className={styles.shape}>
        <MarkShape shape={shape} />
      </span>{' '}
      <span>
        {word ?? t(`healthMark.${kind}`)}
        {children}
      </span>
    </span>
  );
}
