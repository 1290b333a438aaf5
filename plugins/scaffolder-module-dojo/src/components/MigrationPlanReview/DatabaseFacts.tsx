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
export function DatabaseFacts({ plan }: { readonly plan: MigrationPlan }) {
  const { decides, shows } = plan;
  const { database, engine } = shows;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const schema = () => {
    if (!database) return t('migrationReview.database.none');
    return decides.from ? (
      <Mono>{decides.from}</Mono>
    ) : (
      t('migrationReview.noMigration')
    );
  };
  const openedBy = (version: string | undefined) =>
    version && t('migrationReview.database.openedBy', { version });
  const storage = () => {
    if (!database) return openedBy(decides.storageVersion);
    const number = database.storage;
    const opens = openedBy(storageVersionSchema.options[number - firstStorage]);
    return opens ? `${number} (${opens})` : `${number}`;
  };
  return (
    <Section title={t('migrationReview.database.title')}>
      <FactList
        facts={[
          [t('migrationReview.database.schema'), schema()],
          [
            t('migrationReview.database.applied'),
            database?.applied.toLocaleString(),
          ],
          [
            t('migrationReview.database.size'),
            database && <Size of={database} />,
          ],
          [t('migrationReview.database.storage'), storage()],
          [
            t('migrationReview.database.creator'),
            database?.creator ? `DuckDB ${database.creator}` : undefined,
          ],
          [t('migrationReview.database.engine'), `DuckDB ${engine}`],
          [t('migrationReview.database.file'), <Mono>{decides.database}</Mono>],
        ]}
      />
    </Section>
  );
}

function Size(props: { readonly of: NonNullable<MigrationShows['database']> }) {
  const { bytes, walBytes } = props.of;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const size = formatBytes(bytes);
  return walBytes > 0
    ? t('migrationReview.database.sizeWithWal', {
        size,
        wal: formatBytes(walBytes),
      })
    : size;
}
