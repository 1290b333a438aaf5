import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiAlertLine,
  RiCloseCircleLine,
  RiInformationLine,
} from '@remixicon/react';
import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import {
  literalText,
  Mono,
  Muted,
  Section,
  Sentence,
  SourceBlock,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import styles from './MigrationPlanReview.module.css';

const severities = ['error', 'warning', 'note'] as const;
const icons = {
  error: RiCloseCircleLine,
  warning: RiAlertLine,
  note: RiInformationLine,
};

/** What preflight and lint say, the worst first: where, why, and what to write instead. */
export function FindingList(props: {
  readonly findings: readonly MigrationFinding[];
}) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const sorted = severities.flatMap(severity =>
    props.findings.filter(finding => finding.severity === severity),
  );
  return (
    <Section title={t('migrationReview.findings.title')}>
      <ul className={styles.findings}>
        {sorted.map((finding, index) => (
          <Finding key={index} finding={finding} />
        ))}
      </ul>
    </Section>
  );
}

function Finding({ finding }: { readonly finding: MigrationFinding }) {
  const { severity, code, file, line, message, hint } = finding;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const Icon = icons[severity];
  return (
    <li className={styles.finding} data-severity={severity}>
      <Icon size={18} aria-hidden="true" />
      <div>
        <p className={styles.where}>
          <strong>{t(`migrationReview.findings.${severity}`)}</strong>
          {file && <Mono>{line ? `${file}:${line}` : file}</Mono>}
          <Muted>
            <Mono>{code}</Mono>
          </Muted>
        </p>
        <Sentence as="p">{literalText(message)}</Sentence>
        {hint && <Hint hint={hint} />}
      </div>
    </li>
  );
}

/** A rewrite is SQL and ends with a semicolon; any other hint is sentences. */
function Hint(props: { readonly hint: string }) {
  const hint = literalText(props.hint);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (!hint.trimEnd().endsWith(';')) {
    return <Sentence as="p">{hint}</Sentence>;
  }
  return (
    <>
      <Muted as="p">{t('migrationReview.findings.rewrite')}</Muted>
      <SourceBlock>{hint}</SourceBlock>
    </>
  );
}
