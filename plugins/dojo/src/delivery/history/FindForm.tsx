import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, SearchField } from '@backstage/ui';
import type { DeliveryWhere } from 'backstage-plugin-dojo-common';
import {
  literalText,
  sentenceOf,
  toDojoFailure,
  useDojoClient,
} from 'backstage-plugin-dojo-react';
import { useEffect, useState } from 'react';
import { dojoTranslationRef } from '../../translation';
import styles from './History.module.css';

/**
 * Finds a commit, a pull request or a version, and says in a sentence where it is: with each new generation again, as long as
 * somebody looks for it.
 */
export function FindForm(props: {
  readonly component: string;
  readonly generation: string;
  readonly where: DeliveryWhere | undefined;
  /** What was found; `undefined` where nobody looks for anything any more. */
  readonly onFound: (where: DeliveryWhere | undefined) => void;
}) {
  const { component, generation, where, onFound } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const client = useDojoClient();
  const [failure, setFailure] = useState<string>();
  // Another object each time that it is submitted: the same text again is looked for again.
  const [wanted, setWanted] = useState({ ref: '' });

  useEffect(() => {
    if (wanted.ref === '') return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    client.findInDelivery(component, wanted.ref, { signal }).then(
      found => {
        if (signal.aborted) return;
        setFailure(undefined);
        onFound(found);
      },
      // What was found before stays beside it.
      error => {
        if (!signal.aborted) setFailure(toDojoFailure(error).message);
      },
    );
    return () => controller.abort();
  }, [client, component, generation, wanted, onFound]);

  const find = (text: string) => {
    setFailure(undefined);
    onFound(undefined);
    setWanted({ ref: text.trim() });
  };
  return (
    <div className={styles.find}>
      <SearchField
        size="small"
        aria-label={t('delivery.find.title')}
        placeholder={t('delivery.find.title')}
        onSubmit={find}
        onClear={() => find('')}
      />
      <p role="status" className={styles.answer}>
        {failure && `${sentenceOf(failure)} `}
        {where && (
          <>
            {literalText(where.sentence)}{' '}
            {where.kind !== 'not-found' && where.url && (
              <Link href={where.url}>{t('delivery.find.open')}</Link>
            )}
          </>
        )}
      </p>
    </div>
  );
}
