import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiAlertLine,
  RiCloseCircleLine,
  RiInformationLine,
} from '@remixicon/react';
import {
  literalText,
  Mono,
  Muted,
  Section,
  Sentence,
  SourceBlock,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import styles from './FindingList.module.css';

const severities = ['error', 'warning', 'note', 'info'] as const;
const icons = {
  error: RiCloseCircleLine,
  warning: RiAlertLine,
  note: RiInformationLine,
  info: RiInformationLine,
};

/** What a rule says of a file or an object. */
interface Finding {
  readonly severity: (typeof severities)[number];
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Kind and name, which the message is about. */
  readonly object?: string;
  readonly file?: string;
  readonly line?: number;
}

/** What preflight and lint say, the worst first: where, why, and what to write instead. */
export function FindingList(props: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const sorted = severities.flatMap(severity =>
    props.findings.filter(finding => finding.severity === severity),
  );
  return (
    <Section title={t('findings.title')}>
      <ul className={styles.findings}>
        {sorted.map((finding, index) => (
          <FindingItem key={index} finding={finding} />
        ))}
      </ul>
    </Section>
  );
}

function FindingItem({ finding }: { readonly finding: Finding }) {
  const { severity, code, object, file, line, message, hint } = finding;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const Icon = icons[severity];
  return (
    <li className={styles.finding} data-severity={severity}>
      <Icon size={18} aria-hidden="true" />
      <div>
        <p className={styles.where}>
          <strong>{t(`findings.${severity}`)}</strong>
          {object && <span>{literalText(object)}</span>}
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
      <Muted as="p">{t('findings.rewrite')}</Muted>
      <SourceBlock>{hint}</SourceBlock>
    </>
  );
}
