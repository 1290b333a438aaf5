import styles from './ReleasePlanReview.module.css';

/** An identity that is read letter by letter. */
export function Mono({ children }: { readonly children: string }) {
  return <code className={styles.mono}>{children}</code>;
}

/** The seven letters that git shows. */
export function shortHash(hash: string): string {
  return hash.slice(0, 7);
}
