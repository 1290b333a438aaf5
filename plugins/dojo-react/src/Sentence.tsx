import type { ReactNode } from 'react';
import styles from './kit.module.css';

/** Words on a line of their own, broken anywhere rather than wider than the page. */
export function Sentence(props: {
  /** Default: `span`, which may stand inside a paragraph. */
  readonly as?: 'span' | 'p';
  readonly children: ReactNode;
}) {
  const { as: Element = 'span', children } = props;
  return <Element className={styles.sentence}>{children}</Element>;
}
