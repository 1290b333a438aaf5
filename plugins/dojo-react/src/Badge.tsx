import styles from './kit.module.css';

/** A word that stands out; its colour says no more than the word. */
export function Badge(props: {
  readonly tone: 'positive' | 'warning' | 'negative' | 'announcement';
  readonly children: string;
}) {
  return (
    <span className={styles.badge} data-tone={props.tone}>
      {props.children}
    </span>
  );
}
