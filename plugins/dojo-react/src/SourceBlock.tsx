import type { ReactNode } from 'react';
import styles from './kit.module.css';

/** Lines that are read letter by letter and are of no file. */
export function SourceBlock(props: {
  /** Says what the lines are, where nothing above them does. */
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const { label, children } = props;
  return (
    <pre
      className={styles.block}
      aria-label={label}
      role={label ? 'group' : undefined}
    >
      {children}
    </pre>
  );
}
