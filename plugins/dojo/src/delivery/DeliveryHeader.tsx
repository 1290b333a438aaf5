import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { oldestAsOf } from 'backstage-plugin-dojo-common';
import {
  EntityName,
  literalText,
  Muted,
  RelativeTime,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import { ActionButton } from './ActionButton';
import type { DeliveryAnswer } from './deliveryAnswer';
import styles from './delivery.module.css';

/** Where the deliveries come from, how fresh that is, and the verbs of the component as a whole. */
export function DeliveryHeader(props: {
  readonly delivery: DeliveryAnswer;
  /** The image repository, where the component names one. */
  readonly image: string | undefined;
  readonly isRefreshing: boolean;
  readonly onRefresh: () => void;
}) {
  const { delivery, image, isRefreshing, onRefresh } = props;
  const { access, lines, sources, title, actions } = delivery;
  const { t } = useTranslationRef(dojoTranslationRef);
  const asOf = oldestAsOf(sources);
  const main = lines.at(0)?.branch;
  const own = actions.filter(
    ({ id, branch }) =>
      id === 'ship' || (id === 'release' && (!branch || branch === main)),
  );
  const primary = own.find(({ id }) => id === 'release');
  return (
    <header className={styles.header}>
      <div>
        <Text as="h2" variant="title-small" weight="bold">
          {t('delivery.title')}
        </Text>
        <p className={styles.where}>
          {[
            main && <span key="branch">{literalText(main)}</span>,
            image && <span key="image">{literalText(image)}</span>,
            asOf && (
              <span key="asOf">
                {t('delivery.asOf', {
                  time: <RelativeTime at={asOf} seconds />,
                })}
              </span>
            ),
          ]}
        </p>
        {!access.change && (
          <p className={styles.access}>
            {access.owner
              ? t('delivery.readOnly', {
                  component: title,
                  owner: (
                    <EntityName entityRef={access.owner} defaultKind="group" />
                  ),
                })
              : t('delivery.readOnlyUnowned', { component: title })}
          </p>
        )}
        {sources.every(({ state }) => state === 'loading') && (
          <Muted as="p">{t('delivery.sourcesLoading')}</Muted>
        )}
      </div>
      <div className={styles.actions}>
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiRefreshLine />}
          isPending={isRefreshing}
          onPress={onRefresh}
        >
          {t('delivery.refresh')}
        </Button>
        {own
          .filter(action => action !== primary)
          .map(action => (
            <ActionButton
              key={`${action.id} ${action.environment}`}
              action={action}
            />
          ))}
        {primary && <ActionButton action={primary} variant="primary" />}
      </div>
    </header>
  );
}
