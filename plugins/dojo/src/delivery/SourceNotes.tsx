import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import {
  type DeliverySource,
  silentSources,
} from 'backstage-plugin-dojo-common';
import {
  clockTime,
  literalText,
  Sentence,
  sentenceOf,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import { useSourceName } from './useSourceName';

/** One line for each source that does not answer: which, since when, why, and that the rest is current. */
export function SourceNotes(props: {
  readonly sources: readonly DeliverySource[];
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const nameOf = useSourceName();
  const silent = silentSources(props.sources);
  if (silent.length === 0) return null;
  const lines = silent.map(source => {
    const hint = source.error && literalText(source.error.hint);
    // What somebody else has to mend is one sentence with who that is.
    return isWhole(source)
      ? { id: source.id, text: [sayOf(source), hint].filter(Boolean).join(' ') }
      : { id: source.id, text: sayOf(source), hint };
  });
  return (
    <Alert
      status="warning"
      icon
      title={
        <>
          {lines.map(({ id, text }) => (
            <Sentence key={id}>{text}</Sentence>
          ))}
          {t('delivery.sources.restCurrent')}
        </>
      }
      description={
        <>
          {lines.map(
            ({ id, hint }) => hint && <Sentence key={id}>{hint}</Sentence>,
          )}
        </>
      }
    />
  );

  function sayOf({ id, state, asOf, error }: DeliverySource): string {
    const message = error && literalText(error.message);
    if (message && isWhole({ error })) return sentenceOf(message);
    const source = nameOf(id);
    const reason = message ? `: ${message}` : '';
    return state === 'late' && asOf
      ? t('delivery.sources.late', { source, time: clockTime(asOf), reason })
      : t('delivery.sources.failed', { source, reason });
  }
}

/** Whether its error is a whole sentence, which says it all; a few words are its reason. */
function isWhole({ error }: Pick<DeliverySource, 'error'>): boolean {
  return error?.message.trimEnd().endsWith('.') ?? false;
}
