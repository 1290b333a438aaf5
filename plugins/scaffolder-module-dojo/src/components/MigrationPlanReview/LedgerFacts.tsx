import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type MigrationPlan,
  type MigrationShows,
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
  const schema = () => {
    if (!ledger) return t('migrationReview.ledger.none');
    return decides.from ? (
      <Mono>{decides.from}</Mono>
    ) : (
      t('migrationReview.noMigration')
    );
  };
  const openedBy = (version: string | undefined) =>
    version && t('migrationReview.ledger.openedBy', { version });
  const storage = () => {
    if (!ledger) return openedBy(decides.storageVersion);
    const number = ledger.storage;
    const opens = openedBy(storageVersionSchema.options[number - firstStorage]);
    return opens ? `${number} (${opens})` : `${number}`;
  };
  return (
    <Section title={t('migrationReview.ledger.title')}>
      <FactList
        facts={[
          [t('migrationReview.ledger.schema'), schema()],
          [
            t('migrationReview.ledger.applied'),
            ledger?.applied.toLocaleString(),
          ],
          [t('migrationReview.ledger.size'), ledger && <Size of={ledger} />],
          [t('migrationReview.ledger.storage'), storage()],
          [
            t('migrationReview.ledger.creator'),
            ledger?.creator ? `DuckDB ${ledger.creator}` : undefined,
          ],
          [t('migrationReview.ledger.engine'), `DuckDB ${engine}`],
          [t('migrationReview.ledger.file'), <Mono>{decides.database}</Mono>],
        ]}
      />
    </Section>
  );
}

function Size(props: { readonly of: NonNullable<MigrationShows['ledger']> }) {
  const { bytes, walBytes } = props.of;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const size = formatBytes(bytes);
  return walBytes > 0
    ? t('migrationReview.ledger.sizeWithWal', {
        size,
        wal: formatBytes(walBytes),
      })
    : size;
}
