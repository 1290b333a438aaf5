import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { DeliveryRow } from 'backstage-plugin-dojo-common';
import {
  RelativeTime,
  literalText,
  Muted,
  Sentence,
  sentenceOf,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import styles from './deliveries.module.css';
import { useDeliveryPath } from './useDeliveryPath';

/** A row that is older than this says so; milliseconds. As long as a source may be late before it needs attention. */
const oldAfterMs = 10 * 60_000;

/** The name of a component, which leads to what needs attention there, and why it does. */
export function ComponentFacts(props: {
  readonly row: DeliveryRow;
  /** When the answer was given. */
  readonly now: string;
  readonly onOpen: (component: string) => void;
}) {
  const { row, now, onOpen } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const toDelivery = useDeliveryPath();
  const { attention, asOf } = row;
  const href = toDelivery(row.component, attention?.environment);
  const title = literalText(row.title);
  const isOld =
    asOf !== undefined && Date.parse(now) - Date.parse(asOf) > oldAfterMs;
  return (
    <span className={styles.component}>
      {href === undefined ? (
        <strong>{title}</strong>
      ) : (
        <Link
          id={row.component}
          href={href}
          standalone
          weight="bold"
          className={styles.name}
          onPress={() => onOpen(row.component)}
        >
          {title}
        </Link>
      )}
      {attention && (
        <Sentence>
          <span className={styles.attention} data-rank={attention.rank}>
            {sentenceOf(attention.sentence)}
          </span>
        </Sentence>
      )}
      {isOld && (
        <Muted>
          {t('deliveries.asOf')} <RelativeTime at={asOf} />
        </Muted>
      )}
    </span>
  );
}
