import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Card } from '@backstage/ui';
import type { DeliveryAttention } from 'backstage-plugin-dojo-common';
import {
  literalText,
  Muted,
  RelativeTime,
  Sentence,
  sentenceOf,
} from 'backstage-plugin-dojo-react';
import { useId } from 'react';
import { dojoTranslationRef } from '../translation';
import { ActionButton } from './ActionButton';
import { AttentionLog } from './AttentionLog';
import type { DeliveryAnswer } from './deliveryAnswer';
import { useTaskLink } from './useTaskLink';
import styles from './delivery.module.css';

/** Down to this rank something is broken; what follows only waits. */
const lowestBroken = 3;
/** Sources that do not answer are told above the list, with since when. */
const silentSource = 7;
/** Down to this rank the lines of a log say more than the sentence. */
const lowestWithLog = 2;

/** What needs somebody, worst first: what it is, since when, what to do, and the button that mends it. */
export function AttentionList(props: { readonly delivery: DeliveryAnswer }) {
  const attention = props.delivery.attention.filter(
    ({ rank }) => rank !== silentSource,
  );
  const { t } = useTranslationRef(dojoTranslationRef);
  const id = useId();
  if (attention.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.hidden}>
        {t('delivery.attention.title')}
      </h3>
      <ul className={styles.attention} aria-labelledby={id}>
        {attention.map(item => (
          <li key={`${item.code} ${item.environment} ${item.object}`}>
            <AttentionItem item={item} delivery={props.delivery} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AttentionItem(props: {
  readonly item: DeliveryAttention;
  readonly delivery: DeliveryAnswer;
}) {
  const { item, delivery } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const task = useTaskLink()(item.run);
  // One that a rule holds back mends nothing; its reason stands once, with its verb on the environment's card.
  const mends = delivery.actions.find(
    ({ id, environment, state }) =>
      state === 'ready' &&
      id === item.action &&
      (!item.environment || environment === item.environment),
  );
  return (
    <Card
      className={styles.attentionItem}
      data-tone={item.rank <= lowestBroken ? 'negative' : 'warning'}
    >
      <div className={styles.attentionText}>
        <p className={styles.cause}>
          <strong>{sentenceOf(item.sentence)}</strong>{' '}
          <Muted>
            <RelativeTime at={item.since} form="for" />
          </Muted>
        </p>
        {item.hint && <Sentence as="p">{literalText(item.hint)}</Sentence>}
        {item.rank <= lowestWithLog && item.environment && (
          <AttentionLog
            component={delivery.component}
            environment={item.environment}
            object={item.object}
            lines={item.log}
            allowed={delivery.access.logs}
          />
        )}
      </div>
      {(mends || task) && (
        <div className={styles.attentionActions}>
          {mends && (
            <ActionButton
              action={mends}
              variant={item.rank <= lowestBroken ? 'primary' : 'secondary'}
            />
          )}
          {task && (
            <ButtonLink size="small" variant="secondary" href={task}>
              {t('delivery.attention.openTask')}
            </ButtonLink>
          )}
        </div>
      )}
    </Card>
  );
}
