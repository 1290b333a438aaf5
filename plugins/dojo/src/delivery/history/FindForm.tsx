import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, SearchField } from '@backstage/ui';
import type { DeliveryWhere } from 'backstage-plugin-dojo-common';
import {
  literalText,
  sentenceOf,
  toDojoFailure,
  useDojoClient,
} from 'backstage-plugin-dojo-react';
import { useRef, useState } from 'react';
import { dojoTranslationRef } from '../../translation';
import styles from './History.module.css';

/** Finds a commit, a pull request or a version, and says in a sentence where it is. */
export function FindForm(props: {
  readonly component: string;
  readonly where: DeliveryWhere | undefined;
  /** What was found; `undefined` where nobody looks for anything any more. */
  readonly onFound: (where: DeliveryWhere | undefined) => void;
}) {
  const { component, where, onFound } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const client = useDojoClient();
  const [failure, setFailure] = useState<string>();
  const question = useRef(0);

  const find = async (text: string) => {
    question.current += 1;
    const asked = question.current;
    const ref = text.trim();
    setFailure(undefined);
    onFound(undefined);
    if (ref === '') return;
    try {
      const found = await client.findInDelivery(component, ref);
      if (asked === question.current) onFound(found);
    } catch (error) {
      if (asked === question.current) setFailure(toDojoFailure(error).message);
    }
  };
  return (
    <div className={styles.find}>
      <SearchField
        size="small"
        aria-label={t('delivery.find.title')}
        placeholder={t('delivery.find.title')}
        onSubmit={find}
        onClear={() => void find('')}
      />
      <p role="status" className={styles.answer}>
        {failure && sentenceOf(failure)}
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
