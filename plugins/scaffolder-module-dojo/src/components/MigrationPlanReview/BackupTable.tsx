import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ShownBackup } from 'backstage-plugin-dojo-common';
import {
  Ago,
  Badge,
  formatBytes,
  Mono,
  Section,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { shortId } from './shortId';
import shared from '../PlanReview/PlanReview.module.css';
import styles from './MigrationPlanReview.module.css';

/** The backups beside the ledger, newest first; marked is which one is put back, or is the ledger, or was replaced. */
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
        <p className={shared.muted}>{t('migrationReview.backups.none')}</p>
      ) : (
        <table className={`${shared.table} ${styles.backups}`}>
          <thead>
            <tr>
              <th scope="col">{t('migrationReview.backups.backup')}</th>
              <th scope="col">{t('migrationReview.backups.schema')}</th>
              <th scope="col">{t('migrationReview.backups.size')}</th>
            </tr>
          </thead>
          <tbody>
            {backups.map(({ id, at, head, bytes, isReplaced, isLedger }) => (
              <tr key={id}>
                <th scope="row">
                  <Ago at={at} />{' '}
                  {id === restored && (
                    <Badge tone="announcement">
                      {t('migrationReview.backups.restored')}
                    </Badge>
                  )}
                  {isLedger && (
                    <Badge tone="positive">
                      {t('migrationReview.backups.current')}
                    </Badge>
                  )}
                  {isReplaced && (
                    <span className={shared.muted}>
                      {t('migrationReview.backups.replaced')}
                    </span>
                  )}
                  <span className={shared.sentence}>
                    <Mono>{id}</Mono>
                  </span>
                </th>
                <td>
                  {head ? shortId(head) : t('migrationReview.noMigration')}
                </td>
                <td>{formatBytes(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {restored && backups.length > 1 && (
        <p className={shared.muted}>{t('migrationReview.backups.another')}</p>
      )}
    </Section>
  );
}
