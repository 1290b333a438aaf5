import {
  type DeliveriesQuery,
  deliveriesQuerySchema,
} from 'backstage-plugin-dojo-common';

const fields = deliveriesQuerySchema.shape;

/** By what the rows can be sorted; `attention` is the default. */
export type DeliveriesSort = NonNullable<DeliveriesQuery['sort']>;

/** What is asked of the list, all of it in the address of the page. */
export interface DeliveriesView {
  /** Absent: what the reader's teams own, unless an owner is chosen. */
  readonly scope?: 'owned' | 'all';
  readonly q?: string;
  readonly owner?: string;
  readonly system?: string;
  readonly environment?: string;
  readonly state?: DeliveriesQuery['state'];
  readonly flag?: DeliveriesQuery['flag'];
  readonly sort?: DeliveriesSort;
  readonly order?: 'asc' | 'desc';
  /** Where the page begins; absent: at the first row. */
  readonly cursor?: string;
  /** The environments that have a column, where not all of them have. */
  readonly columns?: readonly string[];
}

/** What narrows the rows, and is taken back by Clear. */
export const filterKeys = [
  'q',
  'owner',
  'system',
  'environment',
  'state',
  'flag',
] as const;

const maxColumns = 20;

/** The view that an address asks for; what it does not understand is left out. Never throws. */
export function parseDeliveriesView(search: string): DeliveriesView {
  const params = new URLSearchParams(search);
  const read = <T>(
    key: string,
    schema: { safeParse(value: unknown): { success: boolean; data?: T } },
  ): T | undefined => {
    const text = params.get(key);
    return text ? schema.safeParse(text).data : undefined;
  };
  const columns = params
    .getAll('column')
    .filter(name => name !== '' && name.length <= 100)
    .slice(0, maxColumns);
  return withoutAbsent({
    scope: readScope(params.get('show')),
    q: read('q', fields.q),
    owner: read('owner', fields.owner),
    system: read('system', fields.system),
    environment: read('environment', fields.environment),
    state: read('state', fields.state),
    flag: read('flag', fields.flag),
    sort: read('sort', fields.sort),
    order: read('order', fields.order),
    cursor: read('cursor', fields.cursor),
    columns: columns.length > 0 ? [...new Set(columns)] : undefined,
  });
}

/** The address of a view, from its question mark on; empty for the first view. */
export function formatDeliveriesView(view: DeliveriesView): string {
  const { scope, columns = [], ...others } = view;
  const params = new URLSearchParams();
  if (scope) params.set('show', scope);
  for (const [key, value] of Object.entries(others)) {
    if (value) params.set(key, value);
  }
  for (const name of columns) params.append('column', name);
  const text = params.toString();
  return text && `?${text}`;
}

/** Whether anything narrows the rows beside whose they are. */
export function hasFilters(view: DeliveriesView): boolean {
  return filterKeys.some(key => view[key] !== undefined);
}

/** The view that shows every row of the same scope again, sorted as before. */
export function withoutFilters(view: DeliveriesView): DeliveriesView {
  const { scope, sort, order, columns } = view;
  return withoutAbsent({ scope, sort, order, columns });
}

/** The view with other wishes; a change of what is shown begins at the first row again. */
export function changeView(
  view: DeliveriesView,
  wishes: Partial<Record<keyof DeliveriesView, unknown>>,
): DeliveriesView {
  const from = 'columns' in wishes ? {} : { cursor: undefined };
  return withoutAbsent({ ...view, ...from, ...wishes } as DeliveriesView);
}

/** Whether the view is of what the reader's teams own. */
export function isOwnedView(view: DeliveriesView): boolean {
  return view.scope === 'owned' || (view.scope === undefined && !view.owner);
}

/** The question that the view puts to the backend. */
export function toDeliveriesQuery(
  view: DeliveriesView,
  options: { readonly owned: boolean; readonly limit: number },
): DeliveriesQuery {
  const { scope, columns, ...query } = view;
  return {
    ...query,
    limit: options.limit,
    ...(options.owned && { owned: true }),
  };
}

function readScope(text: string | null): DeliveriesView['scope'] {
  return text === 'owned' || text === 'all' ? text : undefined;
}

function withoutAbsent(view: DeliveriesView): DeliveriesView {
  return Object.fromEntries(
    Object.entries(view).filter(([, value]) => value !== undefined),
  );
}
