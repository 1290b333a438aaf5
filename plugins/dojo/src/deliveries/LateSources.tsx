import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { DeliverySource } from 'backstage-plugin-dojo-common';
import { literalText, Sentence } from 'backstage-plugin-dojo-react';
import { DateTime } from 'luxon';
import { dojoTranslationRef } from '../translation';

/** Those that keep the list from being current. */
export function isSilent({ state }: DeliverySource): boolean {
  return state === 'late' || state === 'failed';
}

/** Names each source that does not answer, once, above everything that comes from it. */
export function LateSources(props: {
  readonly sources: readonly DeliverySource[];
  /** When the answer was given. */
  readonly now: string;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const silent = props.sources.filter(isSilent);
  if (silent.length === 0) return null;
  return (
    <Alert
      status="warning"
      icon
      role="status"
      title={
        <>
          {silent.map(source => (
            <SilentSource key={source.id} source={source} now={props.now} />
          ))}
        </>
      }
      description={t('deliveries.sources.rest')}
    />
  );
}

const names = {
  repository: 'deliveries.sources.repository',
  infra: 'deliveries.sources.infra',
  registry: 'deliveries.sources.registry',
  forge: 'deliveries.sources.forge',
  tasks: 'deliveries.sources.tasks',
  cluster: 'deliveries.sources.cluster',
  database: 'deliveries.sources.database',
} as const;

function SilentSource(props: {
  readonly source: DeliverySource;
  readonly now: string;
}) {
  const { id, asOf, error } = props.source;
  const { t } = useTranslationRef(dojoTranslationRef);
  const [kind, environment = ''] = id.split(/:(.*)/s);
  const name = Object.hasOwn(names, kind)
    ? t(names[kind as keyof typeof names], {
        environment: literalText(environment),
      })
    : literalText(id);
  const sentence = asOf
    ? t('deliveries.sources.since', { name, time: timeOf(asOf, props.now) })
    : t('deliveries.sources.never', { name });
  const said = error && literalText(error.message);
  // A whole sentence says it all, and what comes next; a few words are its reason.
  if (said?.endsWith('.')) {
    return <Sentence>{[said, error?.hint].filter(Boolean).join(' ')}</Sentence>;
  }
  return <Sentence>{said ? `${sentence}: ${said}.` : `${sentence}.`}</Sentence>;
}

/** The time alone where it is of the day that is now; both ISO 8601. */
function timeOf(at: string, now: string): string {
  const time = DateTime.fromISO(at);
  return time.hasSame(DateTime.fromISO(now), 'day')
    ? time.toLocaleString(DateTime.TIME_24_SIMPLE)
    : time.toLocaleString(DateTime.DATETIME_MED);
}
