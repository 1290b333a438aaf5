import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { scaffolderDojoTranslationRef } from '../../translation';
import styles from './Rehearsal.module.css';

const shownAtMost = 12;

/** The last lines of a rehearsal's log, oldest first. */
export function RehearsalLog({ lines }: { readonly lines: readonly string[] }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (lines.length === 0) return null;
  return (
    <pre className={styles.log} aria-label={t('rehearsal.log')} role="group">
      {lines.slice(-shownAtMost).join('\n')}
    </pre>
  );
}
