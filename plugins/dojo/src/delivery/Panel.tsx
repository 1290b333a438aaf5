import { Card } from '@backstage/ui';
import { type ReactNode, useId } from 'react';
import styles from './delivery.module.css';

/** A part of the page under its heading. */
export function Panel(props: {
  readonly title: ReactNode;
  /** Beside the heading. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <Card className={styles.panel} aria-labelledby={id}>
      <div className={styles.panelHead}>
        <h3 id={id} className={styles.panelTitle}>
          {props.title}
        </h3>
        {props.controls}
      </div>
      {props.children}
    </Card>
  );
}
