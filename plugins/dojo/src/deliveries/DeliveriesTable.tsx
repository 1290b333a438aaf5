import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Table, type SortDescriptor } from '@backstage/ui';
import type { Deliveries } from 'backstage-plugin-dojo-common';
import { useMemo } from 'react';
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

/** What the list is shown with, as a table or as cards. */
export interface DeliveriesRowsProps {
  /** Absent: on its way. */
  readonly answer: Deliveries | undefined;
  /** Whether `answer` is of an older view. */
  readonly isStale: boolean;
  readonly columns: readonly DeliveryColumnName[];
  readonly environments: readonly string[];
  /** Called before the reader goes to a component. */
  readonly onOpen: (component: string) => void;
}

/** The rows of the list under the names of their columns; the whole row leads to where its link does. */
export function DeliveriesTable(
  props: DeliveriesRowsProps & {
    readonly view: DeliveriesView;
    readonly onSort: (sort: 'name' | 'released', order: 'asc' | 'desc') => void;
  },
) {
  const { answer, isStale, columns, environments, onOpen, view } = props;
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
  return (
    <Table<DeliveryItem>
      className={styles.table}
      columnConfig={columnConfig}
      data={data}
      isPending={data === undefined}
      isStale={isStale}
      pagination={{ type: 'none' }}
      sort={{
        descriptor: toDescriptor(view),
        onSortChange: ({ column, direction }) =>
          props.onSort(
            column === 'latest' ? 'released' : 'name',
            direction === 'descending' ? 'desc' : 'asc',
          ),
      }}
      rowConfig={{
        onClick: ({ component, attention }) => {
          const path = toDelivery(component, attention?.environment);
          if (path === undefined) return;
          onOpen(component);
          navigate(path);
        },
      }}
    />
  );
}

/** Names are sorted from a to z where nobody says it, releases from the newest on. */
function toDescriptor({ sort, order }: DeliveriesView): SortDescriptor | null {
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
