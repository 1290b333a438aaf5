import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type DatabaseFact,
  type DeliveryEnvironment,
  type DeliverySource,
  hasDatabase,
} from 'backstage-plugin-dojo-common';
import { Badge, Muted, sentenceOf } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { migrationLevel } from '../migrationLevel';

/** Where the database is, and what the wanted version still needs of it. */
export function DatabaseFacts(props: {
  readonly environment: DeliveryEnvironment;
  readonly sources: readonly DeliverySource[];
}) {
  const { environment, sources } = props;
  const { name, database } = environment;
  const { t } = useTranslationRef(dojoTranslationRef);
  if (!hasDatabase(environment, sources)) return null;
  switch (database.kind) {
    case 'level':
      return <Level database={database} environment={environment} />;
    case 'migrating':
      return <p>{t('delivery.database.migrating')}</p>;
    default: {
      const source = sources.find(({ id }) => id === `database:${name}`);
      return (
        <p>
          {t('delivery.database.unknown')}
          {source?.error && (
            <>
              {' '}
              <Muted>{sentenceOf(source.error.message)}</Muted>
            </>
          )}
        </p>
      );
    }
  }
}

function Level(props: {
  readonly database: Extract<DatabaseFact, { kind: 'level' }>;
  readonly environment: DeliveryEnvironment;
}) {
  const {
    at,
    needs,
    pending,
    omitted,
    ahead,
    breakingPending,
    next,
    provenBy,
  } = props.database;
  const { wanted } = props.environment;
  const { t } = useTranslationRef(dojoTranslationRef);
  const level =
    at === 'empty'
      ? t('delivery.database.empty')
      : t('delivery.database.level', { level: migrationLevel(at) });
  const count = pending.length + (omitted ?? 0);
  const version = wanted.kind === 'version' ? wanted.version : undefined;
  return (
    <p>
      {level}
      {count > 0 &&
        (needs && version
          ? t('delivery.database.needs', {
              version,
              needs: migrationLevel(needs),
              count,
            })
          : t('delivery.database.pending', { count }))}
      {count === 0 &&
        next &&
        t('delivery.database.needs', {
          version: next.version,
          needs: migrationLevel(next.needs),
          count: next.pending,
        })}
      {ahead &&
        t('delivery.database.ahead', {
          version: version ?? t('delivery.unknown'),
        })}
      {provenBy !== undefined && (
        <>
          {' '}
          <Muted>
            {t('delivery.database.provenBy', { version: provenBy })}
          </Muted>
        </>
      )}
      {breakingPending && (
        <>
          {' '}
          <Badge tone="negative">{t('delivery.breaking')}</Badge>
        </>
      )}
    </p>
  );
}
