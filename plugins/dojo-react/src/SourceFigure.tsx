import type { ReactNode } from 'react';
import styles from './kit.module.css';

/** Lines of a file, read letter by letter, under its path. */
export function SourceFigure(props: {
  readonly caption: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <figure className={styles.source}>
      <figcaption>{props.caption}</figcaption>
      <pre>{props.children}</pre>
    </figure>
  );
}
