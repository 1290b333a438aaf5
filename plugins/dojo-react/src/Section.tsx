import { Card } from '@backstage/ui';
import { type ReactNode, useId } from 'react';
import styles from './kit.module.css';

/** A card with a heading that names it. */
export function Section(props: {
  readonly title?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <Card
      className={styles.section}
      aria-labelledby={props.title ? id : undefined}
    >
      {props.title && (
        <h4 id={id} className={styles.sectionTitle}>
          {props.title}
        </h4>
      )}
      {props.children}
    </Card>
  );
}
