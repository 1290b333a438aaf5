import styles from './kit.module.css';

const hourglass = '⏳';

/**
 * The shape of a state, which is seen and not read aloud: the word beside it is. Few fonts have an hourglass of one
 * colour, so that it is drawn; as text it stays what it is.
 */
export function MarkShape({ shape }: { readonly shape: string }) {
  if (shape !== hourglass) return <span aria-hidden="true">{shape}</span>;
  return (
    <span aria-hidden="true">
      <span className={styles.asTextOnly}>{shape}</span>
      <svg viewBox="0 0 16 16" className={styles.hourglass}>
        <path d="M3 1.5h10M3 14.5h10M4.5 1.5v3L8 8l3.5-3.5v-3M4.5 14.5v-3L8 8l3.5 3.5v3" />
      </svg>
    </span>
  );
}
