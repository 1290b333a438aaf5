import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type MigrationPlan,
  storageVersionSchema,
} from 'backstage-plugin-dojo-common';
import {
  FactList,
  formatBytes,
  Mono,
  Section,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';

/** Storage version number of the first DuckDB with a stable one; the following ones are numbered on. */
const firstStorage = 64;

/** The file as it is, and the DuckDB that will run on it. */
export function LedgerFacts({ plan }: { readonly plan: MigrationPlan }) {
  const { decides, shows } = plan;
  const { ledger, engine } = shows;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const storageOf = (number: number) => {
    const version = storageVersionSchema.options[number - firstStorage];
    return version
      ? `${number} (${t('migrationReview.ledger.openedBy', { version })})`
      : `${number}`;
  };
  const file = <Mono>{decides.database}</Mono>;
  return (
    <Section title={t('migrationReview.ledger.title')}>
      {ledger ? (
        <FactList
          facts={[
            [
              t('migrationReview.ledger.schema'),
              decides.from ? (
                <Mono>{decides.from}</Mono>
              ) : (
                t('migrationReview.noMigration')
              ),
            ],
            [
              t('migrationReview.ledger.applied'),
              ledger.applied.toLocaleString(),
            ],
            [
              t('migrationReview.ledger.size'),
              ledger.walBytes > 0
                ? t('migrationReview.ledger.sizeWithWal', {
                    size: formatBytes(ledger.bytes),
                    wal: formatBytes(ledger.walBytes),
                  })
                : formatBytes(ledger.bytes),
            ],
            [t('migrationReview.ledger.storage'), storageOf(ledger.storage)],
            [
              t('migrationReview.ledger.creator'),
              ledger.creator === '' ? undefined : `DuckDB ${ledger.creator}`,
            ],
            [t('migrationReview.ledger.engine'), `DuckDB ${engine}`],
            [t('migrationReview.ledger.file'), file],
          ]}
        />
      ) : (
        <FactList
          facts={[
            [
              t('migrationReview.ledger.schema'),
              t('migrationReview.ledger.none'),
            ],
            [
              t('migrationReview.ledger.storage'),
              decides.storageVersion &&
                t('migrationReview.ledger.openedBy', {
                  version: decides.storageVersion,
                }),
            ],
            [t('migrationReview.ledger.engine'), `DuckDB ${engine}`],
            [t('migrationReview.ledger.file'), file],
          ]}
        />
      )}
    </Section>
  );
}
