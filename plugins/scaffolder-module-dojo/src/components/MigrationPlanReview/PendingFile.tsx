import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type {
  MigrationFinding,
  ShownMigration,
} from 'backstage-plugin-dojo-common';
import { Badge, Mono, Muted } from 'backstage-plugin-dojo-react';
import { useId, useState } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { NewMark } from '../NewSince/NewMark';
import { partName } from '../NewSince/reviewedParts';
import { SqlSource } from './SqlSource';
import styles from './MigrationPlanReview.module.css';

/** One migration or cache: what is special about it and why, what is checked after it, and its SQL. */
export function PendingFile(props: {
  readonly file: ShownMigration;
  /** Those of its file. */
  readonly findings: readonly MigrationFinding[];
  /** Whether the SQL is shown from the start. */
  readonly opened: boolean;
}) {
  const { file, findings } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const [open, setOpen] = useState(props.opened);
  const id = useId();
  const titleId = useId();
  return (
    <section className={styles.file} aria-labelledby={titleId}>
      <header>
        <h5 id={titleId}>
          <Mono>{file.id}</Mono>
        </h5>
        <NewMark of={partName.migration(file.id)} />
        {file.breaking && (
          <Badge tone="negative">{t('migrationReview.flag.breaking')}</Badge>
        )}
        {file.irreversible && (
          <Badge tone="warning">{t('migrationReview.flag.irreversible')}</Badge>
        )}
        <Muted>
          {t('migrationReview.pending.statements', {
            count: file.statements.length,
          })}
        </Muted>
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={open}
          aria-controls={id}
          aria-describedby={titleId}
          onPress={() => setOpen(!open)}
        >
          {open
            ? t('migrationReview.pending.hide')
            : t('migrationReview.pending.show')}
        </Button>
      </header>
      <ul className={styles.remarks}>
        {file.breaking && <li>{t('migrationReview.flag.breakingMeans')}</li>}
        {file.irreversible && (
          <li>{t('migrationReview.flag.irreversibleMeans')}</li>
        )}
        <li>
          <Transaction file={file} />
        </li>
        {file.asserts.map(sql => (
          <li key={sql}>
            {t('migrationReview.pending.assert')} <Mono>{sql}</Mono>
          </li>
        ))}
      </ul>
      <div id={id} hidden={!open}>
        {open && (
          <SqlSource path={file.file} sql={file.sql} findings={findings} />
        )}
      </div>
    </section>
  );
}

function Transaction({ file }: { readonly file: ShownMigration }) {
  const { transaction, transactionReason } = file;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (transaction === 'one') return t('migrationReview.transaction.one');
  return transactionReason
    ? t('migrationReview.transaction.statementBecause', {
        reason: transactionReason,
      })
    : t('migrationReview.transaction.statement');
}
