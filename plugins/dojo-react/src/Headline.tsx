import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './kit.module.css';

/** What a plan is, in one line, and below it where it starts from. */
export function Headline(props: {
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <header>
      <Text as="h3" variant="title-x-small" weight="bold">
        {props.title}
      </Text>
      {props.children && <p className={styles.facts}>{props.children}</p>}
    </header>
  );
}
