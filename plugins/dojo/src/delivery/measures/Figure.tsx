import { Muted } from 'backstage-plugin-dojo-react';
import { type ReactNode, useId } from 'react';
import styles from './Measures.module.css';

/**
 * A figure under its name, and what belongs to it: name, figure and detail are read as one sentence. Below them a chart or
 * a list, and the rule that it is counted by.
 */
export function Figure(props: {
  readonly name: string;
  readonly value: ReactNode;
  readonly detail?: ReactNode;
  readonly rule: string;
  readonly children?: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.figure} aria-labelledby={id}>
      <h4 id={id} className={styles.name}>
        {props.name}
      </h4>
      <p className={styles.value}>{props.value}</p>
      {props.detail && <p className={styles.detail}>{props.detail}</p>}
      {props.children}
      <p className={styles.rule}>
        <Muted>{props.rule}</Muted>
      </p>
    </section>
  );
}
