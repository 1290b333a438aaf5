import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MigrationFinding,
  ShownMigration,
} from 'backstage-plugin-dojo-common';
import { FirstFew, Section } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { PendingFile } from './PendingFile';
import styles from './MigrationPlanReview.module.css';

/** Of more files than this, and of longer ones, the SQL is shown on request only. */
const openedAtMost = { files: 5, lines: 50 };

/** The files that run, in the order of their numbers, each with its SQL. */
export function PendingFiles(props: {
  readonly title: string;
  readonly files: readonly ShownMigration[];
  readonly findings: readonly MigrationFinding[];
  /** Whether all SQL is shown on request only. */
  readonly closed?: boolean;
}) {
  const { title, files, findings, closed } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const opens = ({ sql }: ShownMigration) =>
    !closed &&
    files.length <= openedAtMost.files &&
    sql.split('\n').length <= openedAtMost.lines;
  return (
    <Section title={title}>
      <FirstFew
        items={files}
        showAll={t('migrationReview.pending.showAll', {
          total: files.length.toLocaleString(),
        })}
      >
        {(shown, id) => (
          <div id={id} className={styles.files}>
            {shown.map(file => (
              <PendingFile
                key={file.id}
                file={file}
                findings={findings.filter(
                  finding => finding.file === file.file,
                )}
                opened={opens(file)}
              />
            ))}
          </div>
        )}
      </FirstFew>
    </Section>
  );
}
