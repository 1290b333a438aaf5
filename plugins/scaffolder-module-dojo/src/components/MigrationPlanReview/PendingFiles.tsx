import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MigrationFinding,
  ShownMigration,
} from 'backstage-plugin-dojo-common';
import { scaffolderDojoTranslationRef } from '../../translation';
import { FirstFew } from '../PlanReview/FirstFew';
import { Section } from '../PlanReview/Section';
import { PendingFile } from './PendingFile';
import styles from './MigrationPlanReview.module.css';

const shownAtFirst = 50;
/** Of more files than this the SQL is shown on request only. */
const openedAtMost = 5;

/** The files that run, in the order of their numbers, each with its SQL. */
export function PendingFiles(props: {
  readonly title: string;
  readonly files: readonly ShownMigration[];
  readonly findings: readonly MigrationFinding[];
}) {
  const { title, files, findings } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const count = files.length;
  return (
    <Section title={title}>
      <FirstFew
        items={files}
        count={shownAtFirst}
        showAll={t('migrationReview.pending.showAll', {
          total: count.toLocaleString(),
        })}
        showFirst={t('migrationReview.pending.showFirst', {
          shown: `${shownAtFirst}`,
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
                opened={count <= openedAtMost}
              />
            ))}
          </div>
        )}
      </FirstFew>
    </Section>
  );
}
