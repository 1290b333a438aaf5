import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type { DeliveryRow } from 'backstage-plugin-dojo-common';
import { EntityName, FactList, literalText } from 'backstage-plugin-dojo-react';
import { memo } from 'react';
import { dojoTranslationRef } from '../translation';
import { ComponentFacts } from './ComponentFacts';
import styles from './deliveries.module.css';
import type { DeliveriesRowsProps } from './DeliveriesTable';
import type { DeliveryColumnName } from './deliveryColumns';
import { EnvironmentFacts } from './EnvironmentFacts';
import { LatestFacts, UnreleasedFacts } from './ReleaseFacts';

interface CardProps
  extends Pick<DeliveriesRowsProps, 'columns' | 'environments' | 'onOpen'> {
  readonly row: DeliveryRow;
  readonly now: string;
}

function ComponentCard(props: CardProps) {
  const { row, now, columns, environments, onOpen } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const facts: Record<DeliveryColumnName, [string, JSX.Element][]> = {
    owner: row.owner
      ? [
          [
            t('deliveries.columns.owner'),
            <EntityName entityRef={row.owner} defaultKind="group" />,
          ],
        ]
      : [],
    latest: [[t('deliveries.columns.latest'), <LatestFacts row={row} />]],
    unreleased: [
      [t('deliveries.columns.unreleased'), <UnreleasedFacts row={row} />],
    ],
    environments: environments.map(name => [
      literalText(name),
      <EnvironmentFacts
        cell={row.environments.find(({ name: of }) => of === name)}
      />,
    ]),
  };
  return (
    <li className={styles.card}>
      <ComponentFacts row={row} now={now} onOpen={onOpen} />
      <FactList facts={columns.flatMap(name => facts[name])} />
    </li>
  );
}

const Card = memo(ComponentCard);

function ComponentCards(props: DeliveriesRowsProps) {
  const { answer, columns, environments, onOpen } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  if (!answer) return <CardSkeletons label={t('deliveries.loading')} />;
  return (
    <ul className={styles.cards} aria-label={t('deliveries.title')}>
      {answer.rows.map(row => (
        <Card
          key={row.component}
          row={row}
          now={answer.now}
          columns={columns}
          environments={environments}
          onOpen={onOpen}
        />
      ))}
    </ul>
  );
}

/** The rows of the list one below the other, for where a table would have to be moved sideways. */
export const DeliveriesCards = memo(ComponentCards);

function CardSkeletons({ label }: { readonly label: string }) {
  return (
    <div role="status" aria-label={label} className={styles.cards}>
      {[1, 2, 3].map(key => (
        <Skeleton key={key} height={180} />
      ))}
    </div>
  );
}
