import type { ReactNode } from 'react';
import styles from './delivery.module.css';

/** Something that opens on a press, and is closed at first. */
export function Fold(props: {
  readonly summary: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <details className={styles.fold}>
      <summary>{props.summary}</summary>
      {props.children}
    </details>
  );
}
