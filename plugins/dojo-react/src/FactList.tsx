import type { ReactNode } from 'react';
import styles from './kit.module.css';

/** Names and values; an absent value is left out with its name. */
export function FactList(props: {
  readonly facts: ReadonlyArray<readonly [string, ReactNode | undefined]>;
}) {
  return (
    <dl className={styles.factList}>
      {props.facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
