import { Card } from '@backstage/ui';
import { type ReactNode, useId } from 'react';
import styles from './Pipeline.module.css';

/** One stage of the picture: its name, large what is there, facts below, and its buttons at the foot. */
export function StageCard(props: {
  readonly name: string;
  /** Read aloud instead of the name: the state in a few words. */
  readonly label?: string;
  readonly id?: string;
  readonly tone?: 'positive' | 'negative' | 'waiting' | 'neutral';
  /** Whether what is shown is old. */
  readonly stale?: boolean;
  /** What is there, in a word. */
  readonly main: ReactNode;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  const { name, label, id, tone = 'neutral', stale, main, children } = props;
  const heading = useId();
  return (
    <Card
      id={id}
      // A link that names the environment leads here.
      tabIndex={id ? -1 : undefined}
      className={styles.card}
      data-tone={tone}
      data-stale={stale || undefined}
      aria-label={label}
      aria-labelledby={label ? undefined : heading}
    >
      <h4 id={heading} className={styles.name}>
        {name}
      </h4>
      <div className={styles.main}>{main}</div>
      <div className={styles.facts}>{children}</div>
      {props.actions}
    </Card>
  );
}
