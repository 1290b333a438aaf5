import { literalText } from './literalText';
import styles from './kit.module.css';

/** An identity that is read letter by letter. */
export function Mono({ children }: { readonly children: string }) {
  return <code className={styles.mono}>{literalText(children)}</code>;
}
