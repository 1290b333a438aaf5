import { literalText } from 'backstage-plugin-dojo-react';
import styles from './PlanReview.module.css';

/** An identity that is read letter by letter. */
export function Mono({ children }: { readonly children: string }) {
  return <code className={styles.mono}>{literalText(children)}</code>;
}

/** The seven letters that git shows. */
export function shortHash(hash: string): string {
  return hash.slice(0, 7);
}

/** As much of a plan's hash as a reader compares. */
export function shortPlanHash(planHash: string): string {
  return `${planHash.slice(0, 8)}…`;
}
