import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import { literalText, SourceFigure } from 'backstage-plugin-dojo-react';
import styles from './MigrationPlanReview.module.css';

/**
 * SQL with line numbers, which are not copied with it. Lines that a finding is about are marked; the finding itself
 * names them in words.
 */
export function SqlSource(props: {
  readonly path: string;
  readonly sql: string;
  readonly findings: readonly MigrationFinding[];
}) {
  const lines = props.sql.replace(/\r?\n$/, '').split(/\r?\n/);
  const severities = new Map(
    props.findings.map(({ line, severity }) => [line, severity]),
  );
  return (
    <SourceFigure caption={literalText(props.path)}>
      <code className={styles.sql}>
        {lines.map((line, index) => (
          <span
            key={index}
            data-comment={/^\s*--/.test(line) || undefined}
            data-severity={severities.get(index + 1)}
          >
            {`${literalText(line)}\n`}
          </span>
        ))}
      </code>
    </SourceFigure>
  );
}
