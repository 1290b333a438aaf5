import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Container,
  TablePagination,
  useBreakpoint,
} from '@backstage/ui';
import type {
  Deliveries,
  DojoClient,
  DojoRequestOptions,
  Environment,
} from 'backstage-plugin-dojo-common';
import { FailureAlert, useAnswer } from 'backstage-plugin-dojo-react';
import { useMemo } from 'react';
import { dojoTranslationRef } from '../translation';
import styles from './deliveries.module.css';
import { DeliveriesCards } from './DeliveriesCards';
import { DeliveriesFilters } from './DeliveriesFilters';
import { DeliveriesHeadline } from './DeliveriesHeadline';
import { DeliveriesTable } from './DeliveriesTable';
import { hasFilters, withoutFilters } from './deliveriesView';
import type { DeliveryColumnName } from './deliveryColumns';
import { LateSources } from './LateSources';
import { type NamedEnvironment, shownEnvironments } from './shownEnvironments';
import { useDeliveries } from './useDeliveries';
import { type DeliveriesAddress, useDeliveriesView } from './useDeliveriesView';
import { useFilterWords } from './useFilterWords';
import { useFirstRowsFirst } from './useFirstRowsFirst';
import { useReturnToRow } from './useReturnToRow';
import { useStableCallback } from './useStableCallback';

const everything = {};

/** Every component with its environments, those that need attention first. */
export function DeliveriesPage(props: {
  readonly columns: readonly DeliveryColumnName[];
  readonly pageSize: number;
}) {
  const { columns, pageSize } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const address = useDeliveriesView();
  const { view, change } = address;
  const deliveries = useDeliveries(view, pageSize);
  const { answer, answered, failure, isPending, ownsNothing, retry } =
    deliveries;
  const drawn = useFirstRowsFirst(answer, answered);
  const onOpen = useReturnToRow(answer !== undefined);
  const isNarrow = useBreakpoint().down('md');
  const all = useEnvironments(answer);
  const shown = useMemo(
    () => shownEnvironments(all, view.columns),
    [all, view.columns],
  );
  const onSort = useStableCallback(
    (sort: 'name' | 'released', order: 'asc' | 'desc') =>
      change({ sort, order }),
  );
  const rows = {
    answer: drawn,
    columns,
    environments: shown,
    onOpen,
  };
  const isEmpty = answer?.rows.length === 0;
  return (
    <Container>
      <div className={styles.page} data-testid="dojo-deliveries">
        {answer && <LateSources sources={answer.sources} now={answer.now} />}
        <DeliveriesHeadline
          answer={answer}
          view={view}
          ownsNothing={ownsNothing}
        />
        <DeliveriesFilters
          address={address}
          ownsNothing={ownsNothing}
          counts={answer?.counts}
          environments={all.map(({ name }) => name)}
          shown={shown}
        />
        {failure && (
          <FailureAlert
            failure={failure}
            title={t('deliveries.failed.title')}
            denied={{
              title: t('deliveries.denied.title'),
              hint: t('deliveries.denied.hint'),
            }}
            onRetry={retry}
            onChange={() => address.show(withoutFilters(view))}
          />
        )}
        {isEmpty && !isPending && <NoRows address={address} />}
        {!isEmpty && (answer || !failure) && (
          <div className={styles.rows} data-stale={isPending}>
            {isNarrow ? (
              <DeliveriesCards {...rows} />
            ) : (
              <DeliveriesTable
                {...rows}
                sort={answered?.sort}
                order={answered?.order}
                onSort={onSort}
              />
            )}
          </div>
        )}
        {answer && !isEmpty && (
          <Pages
            address={address}
            answer={answer}
            isPending={isPending}
            pageSize={pageSize}
          />
        )}
      </div>
    </Container>
  );
}

/** The environments of the configuration; until they are known, those of the rows. */
function useEnvironments(
  answer: Deliveries | undefined,
): readonly NamedEnvironment[] {
  const { state } = useAnswer(everything, listEnvironments);
  const configured = state.kind === 'loaded' ? state.result : undefined;
  return useMemo(() => {
    if (configured) return configured;
    const cells = answer?.rows.flatMap(row => row.environments) ?? [];
    return [...new Set(cells.map(({ name }) => name))].map(name => ({ name }));
  }, [configured, answer]);
}

function listEnvironments(
  client: DojoClient,
  _: object,
  options: DojoRequestOptions,
): Promise<Environment[]> {
  return client.listEnvironments(options);
}

/** What is said where no row is: which words match none, or how a component comes here. */
function NoRows({ address }: { readonly address: DeliveriesAddress }) {
  const { view, show } = address;
  const { t } = useTranslationRef(dojoTranslationRef);
  const words = useFilterWords(view);
  if (!hasFilters(view)) {
    return (
      <div className={styles.empty} role="status">
        <p>{t('deliveries.empty.title')}</p>
        <p>{t('deliveries.empty.hint')}</p>
      </div>
    );
  }
  return (
    <div className={styles.empty}>
      <p role="status">
        {t('deliveries.noMatch', { words: words.join(', ') })}
      </p>
      <Button
        size="small"
        variant="secondary"
        onPress={() => show(withoutFilters(view))}
      >
        {t('deliveries.clear')}
      </Button>
    </div>
  );
}

/** The way to the other pages; nothing where there are none. */
function Pages(props: {
  readonly address: DeliveriesAddress;
  readonly answer: Deliveries;
  /** Whether the answer is of the page before: which of all its rows are is not said then, nor what comes after them. */
  readonly isPending: boolean;
  readonly pageSize: number;
}) {
  const { address, answer, isPending, pageSize } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const { page, view } = address;
  const { next, total, rows } = answer;
  if (next === undefined && view.cursor === undefined) return null;
  const first =
    page === undefined || isPending ? undefined : page * pageSize + 1;
  return (
    <TablePagination
      pageSize={pageSize}
      pageSizeOptions={[]}
      totalCount={total}
      hasNextPage={next !== undefined}
      hasPreviousPage={view.cursor !== undefined}
      onNextPage={() => !isPending && next !== undefined && address.next(next)}
      onPreviousPage={address.previous}
      getLabel={() =>
        first === undefined
          ? t('deliveries.pages.total', { total: String(total) })
          : t('deliveries.pages.range', {
              first: String(first),
              last: String(first + rows.length - 1),
              total: String(total),
            })
      }
    />
  );
}
