import type { ReactNode } from 'react';
import styles from './kit.module.css';

/** Words that stand back behind those around them, still with the contrast that reading needs. */
export function Muted(props: {
  /** Default: `span`. */
  readonly as?: 'span' | 'p';
  readonly children: ReactNode;
}) {
  const { as: Element = 'span', children } = props;
  return <Element className={styles.muted}>{children}</Element>;
}
