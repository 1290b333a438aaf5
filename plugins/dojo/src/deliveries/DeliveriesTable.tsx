import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Table, type SortDescriptor } from '@backstage/ui';
import type { Deliveries } from 'backstage-plugin-dojo-common';
import { memo, useMemo } from 'react';
import { useNavigate } from 'react-router-dom';
import { dojoTranslationRef } from '../translation';
import styles from './deliveries.module.css';
import type { DeliveriesView } from './deliveriesView';
import {
  type DeliveryColumnName,
  deliveryColumns,
  type DeliveryItem,
} from './deliveryColumns';
import { useDeliveryPath } from './useDeliveryPath';
import { useStableCallback } from './useStableCallback';

/** What the list is shown with, as a table or as cards. */
export interface DeliveriesRowsProps {
  /** Absent: on its way. */
  readonly answer: Deliveries | undefined;
  readonly columns: readonly DeliveryColumnName[];
  readonly environments: readonly string[];
  /** Called before the reader goes to a component. */
  readonly onOpen: (component: string) => void;
}

interface TableProps extends DeliveriesRowsProps {
  /** How the rows of `answer` are sorted; both absent: by attention. */
  readonly sort: DeliveriesView['sort'];
  readonly order: DeliveriesView['order'];
  readonly onSort: (sort: 'name' | 'released', order: 'asc' | 'desc') => void;
}

function ComponentTable(props: TableProps) {
  const { answer, columns, environments, onOpen, sort, order, onSort } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const navigate = useNavigate();
  const toDelivery = useDeliveryPath();
  const now = answer?.now ?? '';
  const columnConfig = useMemo(
    () =>
      deliveryColumns({
        columns,
        environments,
        now,
        onOpen,
        labels: {
          component: t('deliveries.columns.component'),
          owner: t('deliveries.columns.owner'),
          latest: t('deliveries.columns.latest'),
          unreleased: t('deliveries.columns.unreleased'),
        },
      }),
    [columns, environments, now, onOpen, t],
  );
  const data = useMemo(
    () => answer?.rows.map(row => ({ ...row, id: `row ${row.component}` })),
    [answer],
  );
  const onRow = useStableCallback(({ component, attention }: DeliveryItem) => {
    const path = toDelivery(component, attention?.environment);
    if (path === undefined) return;
    onOpen(component);
    navigate(path);
  });
  // Kept as it is where nothing of it changed: a router tells each address to whoever can navigate.
  return useMemo(
    () => (
      <Table<DeliveryItem>
        className={styles.table}
        columnConfig={columnConfig}
        data={data}
        isPending={data === undefined}
        pagination={{ type: 'none' }}
        sort={{
          descriptor: toDescriptor(sort, order),
          onSortChange: ({ column, direction }) =>
            onSort(
              column === 'latest' ? 'released' : 'name',
              direction === 'descending' ? 'desc' : 'asc',
            ),
        }}
        rowConfig={{ onClick: onRow }}
      />
    ),
    [columnConfig, data, sort, order, onSort, onRow],
  );
}

/**
 * The rows of the list under the names of their columns; the whole row leads to where its link does. Drawn anew only where
 * it shows something else: fifty rows are most of what the page costs.
 */
export const DeliveriesTable = memo(ComponentTable);

/** Names are sorted from a to z where nobody says it, releases from the newest on. */
function toDescriptor(
  sort: DeliveriesView['sort'],
  order: DeliveriesView['order'],
): SortDescriptor | null {
  if (sort === 'name') {
    return {
      column: 'component',
      direction: order === 'desc' ? 'descending' : 'ascending',
    };
  }
  if (sort === 'released') {
    return {
      column: 'latest',
      direction: order === 'asc' ? 'ascending' : 'descending',
    };
  }
  return null;
}
