import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ShownBackup } from 'backstage-plugin-dojo-common';
import {
  Ago,
  Badge,
  formatBytes,
  Mono,
  Muted,
  PlainTable,
  Section,
  Sentence,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { shortId } from './shortId';
import styles from './MigrationPlanReview.module.css';

/** The backups beside the database, newest first; a mark says which is put back, which it is now, which were replaced. */
export function BackupTable(props: {
  readonly backups: readonly ShownBackup[];
  /** Id of the backup that this plan puts back; absent: none. */
  readonly restored: string | undefined;
}) {
  const { backups, restored } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <Section title={t('migrationReview.backups.title')}>
      {backups.length === 0 ? (
        <Muted as="p">{t('migrationReview.backups.none')}</Muted>
      ) : (
        <PlainTable
          className={styles.backups}
          columns={[
            t('migrationReview.backups.backup'),
            t('migrationReview.backups.schema'),
            t('migrationReview.backups.size'),
          ]}
        >
          <tbody>
            {backups.map(({ id, at, head, bytes, isReplaced, isDatabase }) => (
              <tr key={id}>
                <th scope="row">
                  <Ago at={at} />{' '}
                  {id === restored && (
                    <Badge tone="announcement">
                      {t('migrationReview.backups.restored')}
                    </Badge>
                  )}
                  {isDatabase && (
                    <Badge tone="positive">
                      {t('migrationReview.backups.current')}
                    </Badge>
                  )}
                  {isReplaced && (
                    <Muted>{t('migrationReview.backups.replaced')}</Muted>
                  )}
                  <Sentence>
                    <Mono>{id}</Mono>
                  </Sentence>
                </th>
                <td>
                  {head ? shortId(head) : t('migrationReview.noMigration')}
                </td>
                <td>{formatBytes(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {restored && backups.length > 1 && (
        <Muted as="p">{t('migrationReview.backups.another')}</Muted>
      )}
    </Section>
  );
}
