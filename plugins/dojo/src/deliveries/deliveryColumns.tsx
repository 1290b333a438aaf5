import { Cell, type ColumnConfig } from '@backstage/ui';
import type { DeliveryRow } from 'backstage-plugin-dojo-common';
import { EntityName, literalText } from 'backstage-plugin-dojo-react';
import { ComponentFacts } from './ComponentFacts';
import { EnvironmentFacts } from './EnvironmentFacts';
import { LatestFacts, UnreleasedFacts } from './ReleaseFacts';

/** The columns that the app can choose from, beside the component's own; `environments` is one for each. */
export const deliveryColumnNames = [
  'owner',
  'latest',
  'unreleased',
  'environments',
] as const;
export type DeliveryColumnName = (typeof deliveryColumnNames)[number];

/** A row as the table wants it. */
export interface DeliveryItem extends DeliveryRow {
  readonly id: string;
}

/** What the columns need beside the rows. */
export interface DeliveryColumnOptions {
  readonly columns: readonly DeliveryColumnName[];
  readonly environments: readonly string[];
  readonly now: string;
  readonly onOpen: (component: string) => void;
  readonly labels: Record<
    'component' | 'owner' | 'latest' | 'unreleased',
    string
  >;
}

/** The table's columns, in the order that the app configures. */
export function deliveryColumns(
  options: DeliveryColumnOptions,
): ColumnConfig<DeliveryItem>[] {
  const { labels, environments, now, onOpen } = options;
  const component: ColumnConfig<DeliveryItem> = {
    id: 'component',
    label: labels.component,
    isRowHeader: true,
    isSortable: true,
    defaultWidth: '2fr',
    minWidth: 160,
    cell: item => (
      <Cell textValue={item.title}>
        <ComponentFacts row={item} now={now} onOpen={onOpen} />
      </Cell>
    ),
  };
  const named: Record<DeliveryColumnName, ColumnConfig<DeliveryItem>[]> = {
    owner: [
      {
        id: 'owner',
        label: labels.owner,
        defaultWidth: '1fr',
        minWidth: 105,
        cell: item => (
          <Cell>
            {item.owner && (
              <EntityName entityRef={item.owner} defaultKind="group" />
            )}
          </Cell>
        ),
      },
    ],
    latest: [
      {
        id: 'latest',
        label: labels.latest,
        isSortable: true,
        defaultWidth: '1fr',
        minWidth: 105,
        cell: item => (
          <Cell>
            <LatestFacts row={item} />
          </Cell>
        ),
      },
    ],
    unreleased: [
      {
        id: 'unreleased',
        label: labels.unreleased,
        defaultWidth: '1fr',
        minWidth: 105,
        cell: item => (
          <Cell>
            <UnreleasedFacts row={item} />
          </Cell>
        ),
      },
    ],
    environments: environments.map(name => ({
      // No other column can be called so.
      id: `environment:${name}`,
      label: literalText(name),
      defaultWidth: '1fr',
      minWidth: 120,
      cell: item => (
        <Cell>
          <EnvironmentFacts
            cell={item.environments.find(({ name: of }) => of === name)}
          />
        </Cell>
      ),
    })),
  };
  return [component, ...options.columns.flatMap(name => named[name])];
}
