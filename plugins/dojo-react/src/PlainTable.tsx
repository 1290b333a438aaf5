import type { ReactNode } from 'react';
import styles from './kit.module.css';

/**
 * A table for reading under the names of its columns. A plain one: `@backstage/ui`'s is a grid that takes focus and
 * arrow keys, which reading needs not.
 */
export function PlainTable(props: {
  readonly columns: readonly string[];
  readonly id?: string;
  /** For the widths of the columns. */
  readonly className?: string;
  /** One `tbody` or several. */
  readonly children: ReactNode;
}) {
  const { columns, id, className = '', children } = props;
  return (
    <table id={id} className={`${styles.table} ${className}`}>
      <thead>
        <tr>
          {columns.map(name => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {children}
    </table>
  );
}
